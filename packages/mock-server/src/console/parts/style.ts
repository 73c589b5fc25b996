// Every pair of text and ground below has a contrast of at least 4.5:1, every edge of a control of 3:1.
const colours = `
:root {
  color-scheme: light dark;
  --ground: #f6f6f3; --surface: #ffffff; --sunken: #f0f0ec;
  --text: #1c1e21; --muted: #575c63; --line: #deded8; --edge: #85898f;
  --accent: #0b655b; --accent-text: #ffffff; --accent-soft: #dff0ec;
  --good: #14622f; --good-soft: #e2f2e6; --bad: #a3231b; --bad-soft: #fbe7e5; --warn: #7a4a00; --warn-soft: #faeed9;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #121416; --surface: #1a1d20; --sunken: #22262a;
    --text: #e7e9eb; --muted: #a6acb3; --line: #2f3439; --edge: #7c838b;
    --accent: #62d2bc; --accent-text: #06231e; --accent-soft: #16332e;
    --good: #83d69c; --good-soft: #16301f; --bad: #ff9d94; --bad-soft: #3a1c1a; --warn: #efc077; --warn-soft: #33270f;
  }
}`;

const page = `
*, ::before, ::after { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body {
  margin: 0; min-height: 100vh; display: flex; flex-direction: column; background: var(--ground); color: var(--text);
  font: 0.9375rem/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
}
main { flex: 1; width: 100%; max-width: 70rem; margin: 0 auto; padding: 1.5rem 1.25rem 3rem; }
main:focus { outline: none; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 1rem; letter-spacing: -0.01em; overflow-wrap: anywhere; }
h2 { font-size: 1.0625rem; margin: 0 0 0.75rem; }
h3 { font-size: 0.9375rem; margin: 1.25rem 0 0.5rem; }
p { margin: 0 0 0.75rem; max-width: 70ch; }
a { color: var(--accent); text-underline-offset: 0.15em; }
code, pre, .number, time { font-family: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace; font-size: 0.92em; }
.number { font-variant-numeric: tabular-nums; }
.muted { color: var(--muted); }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; left: 0.5rem; top: -4rem; background: var(--surface); padding: 0.5rem 0.75rem; z-index: 1; }
.skip:focus { top: 0.5rem; }
.top { background: var(--surface); border-bottom: 1px solid var(--line); padding: 0 1.25rem; display: flex; flex-wrap: wrap; align-items: center; column-gap: 1.5rem; }
.brand { font-weight: 650; color: var(--text); text-decoration: none; padding: 0.75rem 0; }
.brand span { color: var(--accent); }
.top nav { display: flex; flex-wrap: wrap; align-items: center; column-gap: 1rem; flex: 1; min-width: 0; }
.top ul { display: flex; flex-wrap: wrap; list-style: none; margin: 0; padding: 0; gap: 0.25rem; }
.top li a { display: block; padding: 0.75rem 0.6rem; color: var(--muted); text-decoration: none; border-bottom: 2px solid transparent; white-space: nowrap; }
.top li a:hover { color: var(--text); }
.top li a[aria-current] { color: var(--text); font-weight: 600; border-bottom-color: var(--accent); }
.top li a:focus-visible { outline-offset: -3px; }
.world { color: var(--muted); white-space: nowrap; order: 1; margin-left: auto; }
.bottom { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; padding: 1rem 1.25rem; border-top: 1px solid var(--line); color: var(--muted); font-size: 0.85rem; }
.text { overflow-wrap: anywhere; unicode-bidi: isolate; }
`;

const blocks = `
.card { background: var(--surface); border: 1px solid var(--line); border-radius: 8px; padding: 1.1rem 1.25rem; margin: 0 0 1.25rem; min-width: 0; }
.card > :last-child, .notice > :last-child { margin-bottom: 0; }
.empty { color: var(--muted); }
.notice { border: 1px solid; border-left-width: 4px; border-radius: 6px; padding: 0.65rem 0.9rem; margin: 0 0 1.25rem; max-width: none; overflow-wrap: anywhere; }
.notice p { margin: 0 0 0.25rem; }
.notice a { color: inherit; }
.done { background: var(--good-soft); border-color: var(--good); color: var(--good); }
.failed { background: var(--bad-soft); border-color: var(--bad); color: var(--bad); }
.mark, .result { display: inline-block; font-size: 0.8rem; line-height: 1.4; padding: 0 0.45em; border-radius: 4px; white-space: nowrap; border: 1px solid currentColor; font-family: inherit; }
.mark { margin-left: 0.5em; color: var(--muted); }
.result { border-color: transparent; font-weight: 600; }
.result.is-done { color: var(--good); background: var(--good-soft); }
.result.is-refused, .result.is-defect { color: var(--bad); background: var(--bad-soft); }
.result.is-fault { color: var(--warn); background: var(--warn-soft); }
.scroll { position: relative; overflow-x: auto; margin: 0 -1.25rem; padding: 0 1.25rem; }
table { border-collapse: collapse; width: 100%; }
caption.head { font-size: 1.0625rem; font-weight: 650; color: var(--text); }
.live { display: inline-block; margin: 0 0.75rem 0.75rem 0; min-height: 1.5em; color: var(--muted); }
.live + button { padding: 0.1rem 0.6rem; font-size: 0.85rem; }
.examples { list-style: none; margin: 0; padding: 0; }
.examples li { display: flex; gap: 0.75rem; align-items: center; padding: 0.25rem 0; }
caption { text-align: left; color: var(--muted); padding: 0 0 0.5rem; }
th, td { text-align: left; padding: 0.5rem 0.75rem 0.5rem 0; border-top: 1px solid var(--line); vertical-align: top; }
thead :is(th, th.number) { border-top: 0; font-size: 0.8rem; font-weight: 600; color: var(--muted); vertical-align: bottom; white-space: nowrap; }
tbody th { font-weight: 500; min-width: 10rem; }
th.number, td.number { text-align: right; white-space: nowrap; }
th.number { font-family: inherit; }
th.number, td.number { width: 1%; }
.number + :is(th, td) { padding-left: 0.75rem; }
:is(th, td) > .hint { display: block; font-weight: 400; font-size: 0.8rem; }
.members td, .members thead th + th { width: 1%; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.35rem 1.25rem; margin: 0 0 0.75rem; }
dt { color: var(--muted); }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
ul.plain { margin: 0 0 0.75rem; padding-left: 1.1rem; }
.lines { margin: 0 0 0.75rem; padding: 0.75rem 0.9rem; background: var(--sunken); border-radius: 6px; overflow: auto; max-height: 24rem; white-space: pre-wrap; overflow-wrap: anywhere; }
.pager { display: flex; gap: 1.25rem; align-items: center; padding-top: 0.75rem; }
time { white-space: nowrap; }
form.actions { margin-bottom: 1rem; }
p.actions { margin-bottom: 1rem; }
.actions { display: flex; flex-wrap: wrap; gap: 0.75rem; max-width: none; }
details > summary { cursor: pointer; color: var(--muted); }
details[open] > summary { margin-bottom: 0.5rem; }
`;

const forms = `
label, legend { font-weight: 550; }
.field { display: grid; align-content: start; gap: 0.25rem; margin: 0 0 1rem; min-width: 0; flex: 1; }
.hint { color: var(--muted); font-size: 0.85rem; }
input:not([type=checkbox], [type=radio]), textarea, select {
  font: inherit; color: var(--text); background: var(--surface); border: 1px solid var(--edge); border-radius: 6px;
  padding: 0.45rem 0.6rem; width: 100%; min-width: 0;
}
textarea { resize: vertical; }
#plan { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 0.85rem; }
input[type=checkbox], input[type=radio] { accent-color: var(--accent); width: 1.05rem; height: 1.05rem; margin: 0; }
fieldset { border: 0; margin: 0 0 1rem; padding: 0; min-width: 0; }
legend { padding: 0; margin-bottom: 0.35rem; }
.choice > div { display: flex; gap: 0.5rem; align-items: center; padding: 0.15rem 0; }
.choice label, .switch label { font-weight: 400; }
.switch { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: 0 1.5rem; }
.line { display: flex; flex-wrap: wrap; gap: 0 0.75rem; align-items: flex-start; }
.line .field { flex: 1 1 12rem; }
.line > button { margin-top: 1.73rem; }
button, .button {
  font: inherit; font-weight: 550; color: var(--text); background: var(--surface); border: 1px solid var(--edge);
  border-radius: 6px; padding: 0.45rem 0.85rem; cursor: pointer; text-decoration: none; display: inline-block;
}
button:hover, .button:hover { background: var(--sunken); }
.primary, .primary:hover { background: var(--accent); color: var(--accent-text); border-color: var(--accent); }
.primary:hover { text-decoration: underline; }
.toggle { min-width: 3.4rem; padding: 0.2rem 0.5rem; border-radius: 99px; font-size: 0.85rem; }
.toggle[aria-checked=true], .toggle[aria-checked=true]:hover { background: var(--accent); border-color: var(--accent); color: var(--accent-text); }
.toggle.unread { border-style: dashed; }
.toggle.unread[aria-checked=true] { background: var(--accent-soft); color: var(--text); border-color: var(--accent); }
.row { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; }
.row legend:not(.hidden) { float: left; width: 100%; }
.new { margin: 0 0 1.25rem; }
.new > summary { display: inline-block; color: var(--text); list-style: none; }
.new > summary::-webkit-details-marker { display: none; }
.danger > summary { width: fit-content; }
.danger > summary:hover, .danger[open] > summary { color: var(--bad); }
td .danger > summary { list-style: none; white-space: nowrap; }
td .danger > summary::-webkit-details-marker { display: none; }
td.end { text-align: right; }
td button { white-space: nowrap; padding-block: 0.2rem; }
td .danger > summary { margin-left: auto; }
.danger button { color: var(--bad); border-color: var(--bad); background: var(--surface); }
@media (max-width: 40rem) {
  main { padding: 1rem 0.9rem 2rem; }
  .top { padding: 0 0.9rem; }
  .top nav { flex-basis: 100%; }
  .brand { padding-bottom: 0; }
  .world { order: 0; margin: 0; }
  .top ul { width: 100%; margin: 0 -0.6rem; gap: 0; }
  .top li a { padding: 0.45rem 0.6rem; }
  .card { padding: 0.9rem; }
  .scroll { margin: 0 -0.9rem; padding: 0 0.9rem; }
  .stack, .stack caption, .stack tbody, .stack tr { display: block; }
  .stack thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .stack tr { border-top: 1px solid var(--line); padding: 0.5rem 0; }
  .stack :is(th, td), .stack .number + :is(th, td) { display: inline-block; width: auto; min-width: 0; max-width: 100%; border: 0; padding: 0 0.6rem 0 0; }
  .stack td[data-label]::before { content: attr(data-label) " "; color: var(--muted); font: 0.85rem system-ui, sans-serif; }
  .members.stack td[data-label] { display: flex;width: 16rem; justify-content: space-between; align-items: center; padding-bottom: 0.25rem; }
  .stack td.end { text-align: left; }
  td .danger > summary { margin-left: 0; }
  .members tbody th { display: block; padding-bottom: 0.35rem; }
  .stack td form { display: inline-block; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: 0.5rem; }
  .line .field { flex-basis: 100%; }
  .line > button { margin: 0 0 1rem; }
}
`;

/** The console's stylesheet. */
export const css = `${colours}${page}${blocks}${forms}`;
