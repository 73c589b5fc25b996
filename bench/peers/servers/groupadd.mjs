// What every hand-written peer does: checks the token, counts the groups, answers in mesibo's shape.
export const port = Number(process.argv[2]);

let gid = 102529;

export const answer = (op, token) =>
  token === "t" ? { group: { gid: gid++ }, op, result: true } : { error: "AUTHFAIL", op, result: false };
