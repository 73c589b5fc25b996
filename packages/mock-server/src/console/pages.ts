import type { Page } from "./page.ts";
import { clockPage } from "./clock/clock-page.tsx";
import { faultsPage } from "./faults/faults-page.tsx";
import { groupPage } from "./groups/group-page.tsx";
import { groupsPage } from "./groups/groups-page.tsx";
import { messagePage } from "./messages/message-page.tsx";
import { messagesPage } from "./messages/messages-page.tsx";
import { newGroupPage } from "./groups/new-group-page.tsx";
import { requestPage } from "./requests/request-page.tsx";
import { requestsPage } from "./requests/requests-page.tsx";
import { usersPage } from "./users/users-page.tsx";
import { worldPage } from "./world/world-page.tsx";

/** The pages of a world; the first that fits a path answers. */
export const pages: readonly Page[] = [
  groupsPage,
  newGroupPage,
  groupPage,
  usersPage,
  messagesPage,
  messagePage,
  requestsPage,
  requestPage,
  clockPage,
  faultsPage,
  worldPage,
];
