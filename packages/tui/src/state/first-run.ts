import type { Kind } from "../profile/schema.ts";
import type { ProfilesScreen } from "./screen.ts";

/** What somebody without a profile can begin with, the harmless first. */
export const firstChoices = [
  {
    title: "Start a mock server here and look around",
    about: "It needs no account and no network, and keeps nothing.",
    kind: undefined,
  },
  { title: "Use a mock or a gateway over HTTP", about: "You make a profile with its URL.", kind: "mock" },
  {
    title: "Use mesibo itself",
    about: "You make a profile that says where your app token is from.",
    kind: "mesibo",
  },
] as const satisfies readonly {
  readonly title: string;
  readonly about: string;
  /** Of the profile that is made; undefined for the mock inside, which needs none. */
  readonly kind: Kind | undefined;
}[];

/** Whether there is no profile yet besides the mock inside. */
export const isFirstRun = ({ profiles }: ProfilesScreen): boolean =>
  profiles?.every(({ stored }) => stored === undefined) ?? false;

/** Rows of the list in front: the profiles, or what to begin with. */
export const profileRows = (screen: ProfilesScreen): number =>
  isFirstRun(screen) ? firstChoices.length : (screen.profiles?.length ?? 0);
