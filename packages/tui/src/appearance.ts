import { standardKeys, type Keymap } from "./keys/keymap.ts";
import { remap } from "./keys/remap.ts";
import { ProfileError } from "./profile/errors.ts";
import { loadUser } from "./profile/load.ts";
import type { Surroundings } from "./profile/surroundings.ts";
import { plainLook, type ThemeName } from "./state/look.ts";

/** What the user's file says of the screen. */
export interface Appearance {
  readonly theme: ThemeName;
  readonly keymap: Keymap;
}

/** Reads the user's keys and theme. Throws `ProfileError` for keys that cannot be. */
export async function loadAppearance(around: Surroundings): Promise<Appearance> {
  const user = await loadUser(around);
  const { keys, theme = plainLook.theme } = user?.content ?? {};
  if (keys === undefined) return { theme, keymap: standardKeys };
  const read = remap(keys);
  if (read.ok) return { theme, keymap: read.keymap };
  throw new ProfileError({
    source: user?.path ?? "",
    fault: read.fault,
    next: "Edit the file and try again.",
  });
}
