// A bare node:http server that checks token and op and answers the JSON that mesibo answers: the ceiling in Node.
import { createServer } from "node:http";

let gid = 102529;
const seconds = () => String(Math.floor(Date.now() / 1000));

function v1(op, token) {
  const now = seconds();
  const app = {
    aid: "1",
    uid: "1",
    name: "mock",
    secret: "",
    url: "",
    server: "",
    u_users: "0",
    u_groups: String(gid - 102529),
    notify: "0",
    nrate: "0",
    ninterval: "0",
    flag: "33024",
    f_beta: "0",
    pushflags: "0",
    fcm_id: "",
    fcm_key: "",
    apn_info: "",
    token,
    ts: now,
    uts: now,
  };
  return { app, uts: now, disabled: 0, group: { gid: gid++ }, op, result: true };
}

const v2 = (op) => ({ group: { gid: gid++ }, op, result: true });

function send(response, body) {
  const text = JSON.stringify(body);
  response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
  response.end(text);
}

const refused = (op) => ({ error: "AUTHFAIL", op, result: false });

const server = createServer((request, response) => {
  if (request.method === "GET") {
    const query = new URLSearchParams(request.url.slice(request.url.indexOf("?") + 1));
    const op = query.get("op");
    const added = request.url.startsWith("/api.php") ? v1 : v2;
    send(response, query.get("token") === "t" ? added(op, "t") : refused(op));
    return;
  }
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const { op, token } = JSON.parse(Buffer.concat(chunks).toString());
    send(response, token === "t" ? v2(op) : refused(op));
  });
});

server.listen(Number(process.argv[2] ?? 0), "127.0.0.1", () => {
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${server.address().port}/` })}\n`);
});
