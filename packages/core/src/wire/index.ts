export { collect, type CollectedRequest, type RawRequest } from "./collect.ts";
export { decodeRequest, type DecodedRequest, type ParameterFault } from "./decode.ts";
export { createRedactor, MASK, redactMembers, SHORTEST_SECRET } from "./redact.ts";
export { encodeRequest, type Dialect, type EncodedRequest, type RequestToEncode } from "./encode.ts";
export {
  decodeAnswer,
  encodeAnswer,
  encodeRefusal,
  type AnswerToEncode,
  type AppFacts,
  type DecodedAnswer,
  type Generation,
  type RefusalToEncode,
} from "./answer.ts";
export { wireBehaviours } from "./behaviours.ts";
export { findOp, opNames } from "./operations/index.ts";
export { families, leaveAlone, parameters, type Alias, type Family, type Parameter } from "./parameters.ts";
