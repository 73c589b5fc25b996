// Preloaded into a built gateway (`node --import`): ends the process, as `kill -9` does, at the moment that KILL_AT
// names in the life of the operation that is about "Victim". Nothing of it is in the gateway itself.
import { ClientRequest } from "node:http";
import { Socket } from "node:net";
import { DatabaseSync } from "node:sqlite";

const [when, point] = (process.env.KILL_AT ?? "").split(" ");
const isVictim = (values) => values.some((value) => typeof value === "string" && value.includes("Victim"));

function reach(moment, name) {
  if (when === moment && point === name) process.kill(process.pid, "SIGKILL");
}

/** Whether a batch of the victim's list has been settled: the next end of an operation is the list's own. */
let isSettled = false;

/** Watches the statements of one connection, and names the moments in the victim's life. */
function createWatch() {
  /** Which of the victim's statements the transaction has run: `intent`, `outcome` or `end`. */
  let running = "";
  let isList = false;

  function named(sql, values) {
    if (sql.startsWith('update "operations" set "state"') && isSettled) return "end";
    if (!isVictim(values)) return undefined;
    if (sql.startsWith('insert into "operations"')) return "intent";
    if (sql.startsWith('update "operations"')) return "outcome";
    if (!/^insert into "member(?:_edit)?s"/.test(sql)) return undefined;
    isList = true;
    return sql.startsWith('insert into "members"') ? "outcome" : "intent";
  }

  return {
    see: (sql, values) => {
      if (sql === "commit") return running === "" ? undefined : `${running}-commit`;
      const name = named(sql, values);
      running = name ?? running;
      return name;
    },
    committed: () => {
      if (isList && running === "outcome") isSettled = true;
      running = "";
    },
  };
}

const file = createWatch();
// Called on what it is taken from, below.
const prepare = Reflect.get(DatabaseSync.prototype, "prepare");
DatabaseSync.prototype.prepare = function prepareWatched(sql) {
  const statement = Reflect.apply(prepare, this, [sql]);
  for (const name of ["all", "run"]) {
    const original = statement[name].bind(statement);
    statement[name] = (...parameters) => {
      const watched = file.see(sql, parameters);
      reach("before", watched);
      const result = original(...parameters);
      reach("after", watched);
      if (sql === "commit") file.committed();
      return result;
    };
  }
  return statement;
};

// PostgreSQL is watched on its sockets: a message with the statement, then one with its values, and `commit` alone.
const connections = new WeakMap();
const write = Reflect.get(Socket.prototype, "write");
Socket.prototype.write = function writeWatched(chunk, ...rest) {
  const text = Buffer.isBuffer(chunk) ? chunk.toString("latin1") : "";
  const connection = connections.get(this) ?? { watch: createWatch(), sql: "" };
  connections.set(this, connection);
  const statement = /(?:insert into|update) "\w+".*/s.exec(text)?.[0];
  if (statement !== undefined) connection.sql = statement;
  else if (text.startsWith("Q") && text.endsWith("commit\0")) {
    const watched = connection.watch.see("commit", []);
    reach("before", watched);
    this.prependOnceListener("data", () => {
      reach("after", watched);
      connection.watch.committed();
    });
  } else if (text.startsWith("B")) reach("before", connection.watch.see(connection.sql, [text]));
  return Reflect.apply(write, this, [chunk, ...rest]);
};

// A call of mesibo: nothing of it leaves before its end is written.
const end = Reflect.get(ClientRequest.prototype, "end");
ClientRequest.prototype.end = function endWatched(...parameters) {
  const name = isVictim(parameters) ? "call" : undefined;
  reach("before", name);
  this.prependOnceListener("response", () => reach("after", name));
  return Reflect.apply(end, this, parameters);
};
