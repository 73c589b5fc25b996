import type { OpName } from "@mesibo-groups/core";

/** What sending an operation may do. */
export type OpClass = "asks" | "changes" | "adds" | "destroys";

/** What sending each operation may do. */
export const opClasses = {
  groupsget: "asks",
  groupgetmembers: "asks",
  usersget: "asks",
  groupset: "changes",
  groupeditmembers: "changes",
  userset: "changes",
  groupadd: "adds",
  useradd: "adds",
  usertoken: "adds",
  message: "adds",
  groupdel: "destroys",
  userdel: "destroys",
} as const satisfies Record<OpName, OpClass>;

/** Whether sending a call twice does it twice. */
export const addsEachTime = ({ op }: { readonly op: OpName }): boolean => opClasses[op] === "adds";
