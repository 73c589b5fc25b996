/** The console's script: it adds to the journal what comes in. Without it the journal is as it was when asked for. */
export const script = `"use strict";
const rows = document.querySelector("[data-live]");
const status = document.querySelector(".live");
if (rows && status) {
  const most = 500;
  let paused = false;
  let arrived = 0;
  const button = document.createElement("button");
  const label = () => { button.textContent = paused ? "Go on" : "Pause"; };
  button.type = "button";
  button.addEventListener("click", () => { paused = !paused; label(); say(paused ? "Paused." : "Live."); });
  label();
  status.after(button);
  const say = (text) => { if (status.textContent !== text) status.textContent = text; };
  const load = async () => {
    const answer = await fetch(rows.dataset.live + "&after=" + rows.dataset.latest, { redirect: "error" });
    if (!answer.ok) throw new Error(String(answer.status));
    const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = parsed.querySelector("tbody");
    if (paused || !fresh) return false;
    rows.dataset.latest = fresh.dataset.latest;
    arrived += fresh.rows.length;
    rows.prepend(...fresh.rows);
    while (rows.rows.length > most) rows.lastElementChild.remove();
    say(arrived === 0 ? "Live." : "Live: " + arrived + (arrived === 1 ? " new request." : " new requests."));
    return "more" in fresh.dataset;
  };
  const tick = async () => {
    let wait = 1000;
    if (!paused && !document.hidden) {
      try { if (await load()) wait = 0; } catch { say("The mock does not answer, or this world was reset. Trying again."); wait = 5000; }
    }
    setTimeout(tick, wait);
  };
  say("Live.");
  setTimeout(tick, 1000);
}
`;
