import type { Mock, MockOptions } from "./mock.ts";

export interface StartOptions extends MockOptions {
  /** Default: 0, any free port. */
  readonly port?: number | undefined;
  /** Default: 127.0.0.1. */
  readonly host?: string | undefined;
}

export interface RunningMock extends Mock {
  readonly close: () => Promise<void>;
}

export declare function startMock(options?: StartOptions): Promise<RunningMock>;
