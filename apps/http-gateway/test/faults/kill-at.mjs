// Preloaded into a built gateway (`node --import`): ends the process, as `kill -9` does, at the moment that KILL_AT
// names in the life of the operation that is about "Victim". Nothing of it is in the gateway itself.
import { DatabaseSync } from "node:sqlite";

const [when, point] = (process.env.KILL_AT ?? "").split(" ");
const isVictim = (values) => values.some((value) => typeof value === "string" && value.includes("Victim"));

/** Which statement the victim's transaction has run: `intent` or `outcome`. */
let running = "";

function reach(moment, name) {
  if (when === moment && point === name) process.kill(process.pid, "SIGKILL");
}

function watch(sql, parameters) {
  if (sql.startsWith('insert into "operations"') && isVictim(parameters)) return (running = "intent");
  if (sql.startsWith('update "operations"') && isVictim(parameters)) return (running = "outcome");
  return sql === "commit" && running !== "" ? `${running}-commit` : undefined;
}

const { prepare } = DatabaseSync.prototype;
DatabaseSync.prototype.prepare = function prepareWatched(sql) {
  const statement = prepare.call(this, sql);
  for (const name of ["all", "run"]) {
    const original = statement[name].bind(statement);
    statement[name] = (...parameters) => {
      const watched = watch(sql, parameters);
      reach("before", watched);
      const result = original(...parameters);
      reach("after", watched);
      if (sql === "commit") running = "";
      return result;
    };
  }
  return statement;
};

const { fetch } = globalThis;
globalThis.fetch = async (url, init) => {
  const name = isVictim([init?.body]) ? "call" : undefined;
  reach("before", name);
  const answer = await fetch(url, init);
  reach("after", name);
  return answer;
};
