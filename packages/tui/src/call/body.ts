import { TOKEN_PLACEHOLDER, type CallRecord } from "@mesibo-groups/core";

/** A body of a request, cut at its token: what stands before it and behind it. */
export interface CutBody {
  readonly form: boolean;
  readonly before: string;
  readonly after: string;
}

/**
 * Cuts a recorded body where its token was. The token is the last thing in both dialects, so a name or an
 * address that spells the placeholder is never taken for it.
 */
export function cutBody({ contentType, body }: CallRecord): CutBody {
  if (contentType === "application/x-www-form-urlencoded") {
    const at = body.lastIndexOf("token=");
    // A form writes its dollars as %24; a bare one can only be the placeholder in the place of a text like it.
    return { form: true, before: body.slice(0, at).replaceAll("$", "%24"), after: "" };
  }
  const at = body.lastIndexOf(TOKEN_PLACEHOLDER);
  if (at === -1) return { form: false, before: body, after: "" };
  return { form: false, before: body.slice(0, at), after: body.slice(at + TOKEN_PLACEHOLDER.length) };
}
