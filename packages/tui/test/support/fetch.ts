/** A `fetch` as tests put something in front of it: its answers are read and written anew. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;
