import type { TestStep } from "../../profile/test-profile.ts";
import type { Surroundings } from "../../profile/surroundings.ts";
import { configured, resolveProfile } from "../connect.ts";

/** What is tested. */
export interface Tested {
  readonly around: Surroundings;
  readonly profile: string | undefined;
  readonly tokenStdin: boolean;
}

/** Tests a profile with one call that changes nothing. */
export async function testSteps({
  around,
  profile,
  tokenStdin,
}: Tested): Promise<{ readonly good: boolean; readonly steps: readonly TestStep[] }> {
  const resolved = await resolveProfile(around, { profile, tokenStdin });
  // The mock comes with it, which nothing else here needs.
  const { testProfile } = await import("../../profile/test-profile.ts");
  const steps: TestStep[] = [];
  const good = await configured(() =>
    testProfile({ around, resolved, onStep: (step) => void steps.push(step) }),
  );
  return { good, steps };
}
