import * as z from "zod/mini";
import type { GroupSet } from "../../domain/requests.ts";
import type { Operation } from "../operation.ts";
import { gid } from "../primitives.ts";
import { groupResult, readSettings, settingsParams, writeSettings } from "./groupadd.ts";

/**
 * `groupset`: change a group (SEED, CON, CONF). `m` replaces the member list; the answer carries `group.gid`
 * again (MAB, CONF).
 */
export const groupset: Operation<"groupset"> = {
  request: z.codec(z.object({ gid, ...settingsParams }), z.custom<GroupSet>(), {
    decode: (values) => ({ gid: values.gid, ...readSettings(values) }),
    encode: (request) => ({ gid: request.gid, ...writeSettings(request) }),
  }),
  result: groupResult,
};
