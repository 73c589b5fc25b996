// Flags
export {
  decodeFlags,
  DELETE_BIT,
  encodeFlags,
  MAX_FLAG_WORD,
  normalFlags,
  turnAmongSelected,
  type FlagChoice,
  type FlagConflict,
  type GroupFlags,
  type ReceiveMode,
  type SendMode,
} from "./domain/flags.ts";
export { withFlags, type FlagChanges } from "./domain/flag-changes.ts";
export { callMode, type CallMode } from "./domain/call-mode.ts";
export { flagBits, type FlagBit } from "./domain/flag-bits.ts";
export {
  formatFlags,
  parseFlags,
  type FlagFault,
  type FlagFormat,
  type FlagParse,
} from "./domain/flag-text.ts";
export {
  checkFlags,
  describeFlags,
  explainFlags,
  type FlagIssue,
  type FlagLine,
} from "./domain/flag-explain.ts";
export { flagPresets, type FlagPreset } from "./domain/presets.ts";

// Groups, members, permissions
export { DEFAULT_GROUP_EXPIRY, MAX_GID, type Gid, type Group } from "./domain/group.ts";
export {
  addressFault,
  DEFAULT_TOKEN_EXPIRY,
  MAX_ADDRESS_BYTES,
  type Address,
  type AddressFault,
  type Member,
  type Uid,
} from "./domain/member.ts";
export {
  allPermissions,
  noPermissions,
  permissionNames,
  type PermissionName,
  type Permissions,
} from "./domain/permissions.ts";
export {
  effective,
  effectiveIn,
  permissionMatters,
  type Effective,
  type RoutedGroup,
  type Verdict,
} from "./domain/effective.ts";
export { route, type Route, type RoutedMember, type RouteQuestion } from "./domain/route.ts";
export { nearest } from "./domain/nearest.ts";
export { rules, type Rule } from "./domain/rules.ts";
export type { Confidence, Sourced } from "./domain/source.ts";

// Requests and results, by op
export type {
  GroupAdd,
  GroupDel,
  GroupEditMembers,
  GroupGetMembers,
  GroupMembers,
  GroupSet,
  GroupSettings,
  GroupsGet,
  Message,
  OpName,
  Requests,
  UserAdd,
  UserDel,
  UserRef,
  UserSet,
  UsersGet,
  UserToken,
} from "./domain/requests.ts";
export type {
  Done,
  GroupResult,
  GroupsResult,
  MemberRow,
  MembersResult,
  MessageResult,
  Results,
  UserResult,
  UserRow,
  UsersResult,
} from "./domain/results.ts";
export type { Refusal } from "./domain/refusal.ts";

// Client
export {
  createClient,
  type Client,
  type GroupsApi,
  type MembersApi,
  type MembersToAdd,
  type MembersToRemove,
  type NewGroup,
  type UsersApi,
} from "./client/client.ts";
export type { Call, Check } from "./client/call.ts";
export { batchAddresses, MAX_BATCH_ADDRESSES, MAX_BATCH_BYTES } from "./client/batch.ts";
export type { MembersOptions, MembersProgress } from "./client/members.ts";
export { MESIBO_URL, type CallOptions, type CallRecord, type ClientOptions } from "./client/options.ts";
export type {
  AnswerBody,
  BodyPiece,
  BodyReader,
  FetchAnswer,
  FetchInit,
  FetchLike,
} from "./client/fetch-like.ts";
export type { GatewayOptions } from "./client/gateway/options.ts";
export { createKeyedQueue, type KeyedQueue, type Turn } from "./client/queue.ts";
export { TOKEN_PLACEHOLDER } from "./client/placeholder.ts";
export type { BreakerState } from "./client/policy/breaker.ts";
export type { PolicyOptions } from "./client/policy/options.ts";
export type { ClientState } from "./client/policy/policy.ts";
export type { Quiet } from "./client/policy/quiet.ts";
export { parseRequest, type BodyFault, type ParsedRequest } from "./client/parse-request.ts";
export { requestOf } from "./client/request-of.ts";
export { writeRequest, type RequestToWrite } from "./client/write-request.ts";

// Errors
export {
  MesiboError,
  type ErrorFacts,
  type ErrorKind,
  type Outcome,
  type Sent,
} from "./client/errors/mesibo-error.ts";
export { NotSentError, type HoldReason } from "./client/errors/not-sent-error.ts";
export { RefusedError } from "./client/errors/refused-error.ts";
export { UnknownOutcomeError } from "./client/errors/unknown-outcome-error.ts";
export { ValidationError } from "./client/errors/validation-error.ts";
export { MembersError, type MemberFailure, type MembersReport } from "./client/errors/members-error.ts";
export type { Dialect } from "./wire/encode.ts";
