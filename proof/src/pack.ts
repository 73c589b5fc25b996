import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { published, root, type Published } from "./packages.ts";
import { run } from "./run.ts";

/** A package as it would be uploaded. */
export interface Packed extends Published {
  /** The path of its tarball. */
  readonly tarball: string;
}

/** Packs a built package into a folder, as publishing does: with real versions for `workspace:` and `catalog:`. */
async function pack(one: Published, into: string): Promise<Packed> {
  const tarball = join(into, `${one.name.replace("@", "").replace("/", "-")}.tgz`);
  const { ok, said } = await run({
    file: "pnpm",
    args: ["pack", "--out", tarball],
    cwd: join(root, one.folder),
  });
  if (!ok) throw new Error(`${one.name} could not be packed: ${said}`);
  return { ...one, tarball };
}

/** Packs every published package. */
export const packAll = (into: string): Promise<readonly Packed[]> =>
  Promise.all(published.map((one) => pack(one, into)));

/** Unpacks a tarball as an installer does: its files, without what it depends on. */
export async function unpack(tarball: string, into: string): Promise<void> {
  await mkdir(into, { recursive: true });
  const { ok, said } = await run({
    file: "tar",
    args: ["-xzf", tarball, "-C", into, "--strip-components=1"],
    cwd: into,
  });
  if (!ok) throw new Error(`${tarball} could not be unpacked: ${said}`);
}

/** The bytes of a tarball. */
export const bytesOf = async (tarball: string): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await readFile(tarball));
