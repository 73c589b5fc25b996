import type { Command } from "./command.ts";
import { completion } from "./completion/completion.ts";
import { doctor } from "./doctor.ts";
import { flagsBuild } from "./flags/build.ts";
import { flagsExplain } from "./flags/explain.ts";
import { flagsList } from "./flags/list.ts";
import { flagsParse } from "./flags/parse.ts";
import { groupsApply } from "./groups/apply.ts";
import { groupsCreate } from "./groups/create.ts";
import { groupsDelete } from "./groups/delete.ts";
import { groupsEdit } from "./groups/edit.ts";
import { groupsList } from "./groups/list.ts";
import { groupsPlan } from "./groups/plan.ts";
import { groupsShow } from "./groups/show.ts";
import { membersAdd } from "./members/add.ts";
import { membersExport } from "./members/export.ts";
import { membersImport } from "./members/import.ts";
import { membersList } from "./members/list.ts";
import { membersRemove } from "./members/remove.ts";
import { membersSet } from "./members/set.ts";
import { membersSync } from "./members/sync.ts";
import { profileAdd } from "./profile/add.ts";
import { profileRemove, profileUse } from "./profile/change.ts";
import { profileList } from "./profile/list.ts";
import { profileTest } from "./profile/test.ts";
import { requestsTail } from "./requests/tail.ts";
import { schema } from "./schema.ts";
import { simulate } from "./simulate.ts";

/** Every command, in the order of `--help`. */
export const commands: readonly Command[] = [
  groupsList,
  groupsShow,
  groupsCreate,
  groupsEdit,
  groupsDelete,
  groupsPlan,
  groupsApply,
  membersList,
  membersAdd,
  membersSet,
  membersRemove,
  membersImport,
  membersExport,
  membersSync,
  simulate,
  flagsExplain,
  flagsParse,
  flagsBuild,
  flagsList,
  requestsTail,
  profileList,
  profileAdd,
  profileUse,
  profileRemove,
  profileTest,
  doctor,
  schema,
  completion(() => commands),
];
