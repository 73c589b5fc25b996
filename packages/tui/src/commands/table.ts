import type { Command } from "./command.ts";
import { flagsBuild } from "./flags/build.ts";
import { flagsExplain } from "./flags/explain.ts";
import { flagsList } from "./flags/list.ts";
import { flagsParse } from "./flags/parse.ts";
import { groupsCreate } from "./groups/create.ts";
import { groupsDelete } from "./groups/delete.ts";
import { groupsEdit } from "./groups/edit.ts";
import { groupsList } from "./groups/list.ts";
import { groupsShow } from "./groups/show.ts";
import { membersAdd } from "./members/add.ts";
import { membersExport } from "./members/export.ts";
import { membersImport } from "./members/import.ts";
import { membersList } from "./members/list.ts";
import { membersRemove } from "./members/remove.ts";
import { membersSet } from "./members/set.ts";
import { membersSync } from "./members/sync.ts";
import { simulate } from "./simulate.ts";

/** Every command, in the order of `--help`. */
export const commands: readonly Command[] = [
  groupsList,
  groupsShow,
  groupsCreate,
  groupsEdit,
  groupsDelete,
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
];
