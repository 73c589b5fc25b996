/** An HTTP answer of an emulated path. */
export interface Reply {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}
