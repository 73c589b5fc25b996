import type { Focus } from "../state/focus.ts";

/** One row of the key table. */
export interface Binding {
  readonly action: string;
  /** Names of keys, see `KeyPress`. The first one is shown in the footer. */
  readonly keys: readonly string[];
  /** Where the keys work. */
  readonly in: readonly Focus[];
  /** A word or two for the footer; undefined keeps the row out of it. */
  readonly hint?: string | undefined;
  /** A sentence for the help. */
  readonly help: string;
}

const mockLists = ["mock.journal", "mock.faults", "mock.saved", "mock.worlds"] as const;
const mockTabs = [...mockLists, "mock.clock"] as const;
const lists = ["groups", "members", "who", "requests", "jobs", "profiles", ...mockLists] as const;
const filters = ["groups.filter", "members.filter", "who.filter", "requests.filter", "mock.filter"] as const;
const forms = ["create", "overview", "profile", "fault"] as const;
const formTexts = ["create.text", "overview.text", "profile.text", "fault.text"] as const;
const marked = ["groups", "members"] as const;
const tabbed = ["overview", "members", "who"] as const;
const scrolled = ["message", "request", "mock.request", "preview", "result"] as const;
const screens = [...lists, ...forms, "request", "mock.request", "mock.clock"] as const;
const copied = ["groups", "members", "who", "requests", "jobs", "profiles", "overview", "request"] as const;
// In the jobs and the profiles t does something else.
const themed = [
  "groups",
  "members",
  "who",
  "requests",
  "request",
  "overview",
  ...mockTabs,
  "mock.request",
] as const;
const dialogs = [
  "prompt",
  "confirm",
  "conflict",
  "draft",
  "add",
  "preview",
  "result",
  "message",
  "notice",
  "palette",
] as const;

/**
 * Every key of the application. Footer and help are printed from this table, and an action without a
 * handler is a compile error. The order is the order of the footer.
 *
 * One table, and so one file however long: two keys that collide should be seen side by side.
 */
export const bindings = [
  // Groups
  {
    action: "open",
    keys: ["enter"],
    in: ["groups", "requests", "mock.journal"],
    hint: "open",
    help: "open the row under the cursor",
  },
  { action: "new_group", keys: ["n"], in: ["groups"], hint: "new group", help: "make a new group" },
  {
    action: "delete_group",
    keys: ["d"],
    in: ["groups", "overview"],
    hint: "delete",
    help: "delete the marked groups, or this one; you type its gid first, or how many they are",
  },

  // Form
  {
    action: "write",
    keys: ["w", "ctrl+s"],
    in: ["overview"],
    hint: "write",
    help: "write the changes to the server",
  },
  {
    action: "write",
    keys: ["ctrl+s"],
    in: ["overview.text"],
    hint: "write",
    help: "write the changes to the server",
  },
  {
    action: "create",
    keys: ["ctrl+s"],
    in: ["create", "create.text"],
    hint: "create",
    help: "create the group",
  },
  {
    action: "next_field",
    keys: ["tab", "down", "enter"],
    in: formTexts,
    hint: "next field",
    help: "next field",
  },
  { action: "previous_field", keys: ["shift+tab", "up"], in: formTexts, help: "previous field" },
  { action: "next_field", keys: ["down", "j", "tab"], in: forms, hint: "field", help: "next field" },
  { action: "previous_field", keys: ["up", "k", "shift+tab"], in: forms, help: "previous field" },
  { action: "next_choice", keys: ["right", "l"], in: forms, hint: "change", help: "next choice" },
  { action: "previous_choice", keys: ["left", "h"], in: forms, help: "previous choice" },
  {
    action: "activate",
    keys: ["space", "enter"],
    in: forms,
    help: "toggle the option, take the next choice, or press the button",
  },

  // Members
  {
    action: "toggle_send",
    keys: ["s"],
    in: ["members", "preview"],
    hint: "send",
    help: "toggle the send permission of the marked rows, or of this one",
  },
  {
    action: "toggle_receive",
    keys: ["r"],
    in: ["members", "preview"],
    hint: "recv",
    help: "toggle the receive permission",
  },
  {
    action: "toggle_publish",
    keys: ["p"],
    in: ["members", "preview"],
    hint: "pub",
    help: "toggle the publish permission (calls)",
  },
  {
    action: "toggle_subscribe",
    keys: ["u"],
    in: ["members", "preview"],
    hint: "sub",
    help: "toggle the subscribe permission (calls)",
  },
  {
    action: "toggle_list",
    keys: ["l"],
    in: ["members", "preview"],
    hint: "list",
    help: "toggle the list permission (calls)",
  },
  { action: "mark", keys: ["space"], in: marked, hint: "mark", help: "mark the row and go to the next" },
  {
    action: "mark_range",
    keys: ["v"],
    in: marked,
    help: "mark every row that the cursor goes over from here, until v or esc",
  },
  {
    action: "mark_down",
    keys: ["shift+down"],
    in: marked,
    help: "mark the row and the one below, and go there",
  },
  {
    action: "mark_up",
    keys: ["shift+up"],
    in: marked,
    help: "mark the row and the one above, and go there",
  },
  { action: "mark_all", keys: ["ctrl+a"], in: marked, help: "mark every row shown" },
  { action: "clear_marks", keys: ["A"], in: marked, help: "clear all marks" },
  {
    action: "add_members",
    keys: ["a"],
    in: ["members"],
    hint: "add",
    help: "add members: type or paste a list, or name a file",
  },
  {
    action: "remove_members",
    keys: ["d"],
    in: ["members"],
    hint: "remove",
    help: "remove the marked members, or this one; asks first",
  },

  // Who
  {
    action: "next_turn",
    keys: ["space"],
    in: ["who"],
    hint: "next turn",
    help: "simulate one message: the turn goes on to the next member",
  },

  { action: "explain", keys: ["enter"], in: ["who"], hint: "why", help: "everything that decides, in full" },

  // Jobs
  { action: "open_job", keys: ["enter"], in: ["jobs"], hint: "open", help: "what became of it, in full" },
  {
    action: "job_happened",
    keys: ["h"],
    in: ["jobs"],
    hint: "it happened",
    help: "an unknown outcome: you have found that it did happen",
  },
  {
    action: "job_did_not",
    keys: ["x"],
    in: ["jobs"],
    hint: "it did not",
    help: "an unknown outcome: you have found that it did not happen",
  },
  {
    action: "job_again",
    keys: ["t"],
    in: ["jobs"],
    hint: "try again",
    help: "an unknown outcome: send it again although it may have happened; asks first",
  },

  {
    action: "stop_job",
    keys: ["s"],
    in: ["jobs"],
    hint: "stop",
    help: "a running bulk job: start no call after the one on its way",
  },

  // Calls
  {
    action: "next_format",
    keys: ["]"],
    in: ["request"],
    hint: "curl, HTTPie, fetch, client",
    help: "write the call in the next format",
  },
  {
    action: "next_format",
    keys: ["]"],
    in: ["mock.request"],
    hint: "curl, vitest",
    help: "write the request in the other format",
  },
  {
    action: "previous_format",
    keys: ["["],
    in: ["request", "mock.request"],
    help: "write the call in the format before",
  },
  {
    action: "open_in_pager",
    keys: ["o"],
    in: ["request", "mock.request"],
    hint: "pager",
    help: "show it in your pager: PAGER, else less",
  },
  {
    action: "open_in_editor",
    keys: ["e"],
    in: ["request", "mock.request"],
    hint: "editor",
    help: "open it in your editor: on a mock to change and send it, which asks first; elsewhere to read",
  },
  {
    action: "copy",
    keys: ["y"],
    in: [...copied, "mock.request"],
    help: "copy the call, or the gids or addresses of the marked rows, or of this one",
  },
  {
    action: "copy_last_call",
    keys: ["Y"],
    in: copied,
    help: "copy the last call as a curl command",
  },
  {
    action: "export_list",
    keys: ["x"],
    in: ["groups", "members"],
    help: "write the marked rows, else those shown, into a new file: CSV, JSON or NDJSON",
  },
  {
    action: "export_har",
    keys: ["x"],
    in: ["requests", "request"],
    help: "write the calls shown into a new file, as HTTP archive (HAR)",
  },
  {
    action: "export_script",
    keys: ["X"],
    in: ["requests", "request"],
    help: "write the calls shown into a new file, as shell script",
  },

  // Mock
  {
    action: "freeze_clock",
    keys: ["f"],
    in: ["mock.clock"],
    hint: "freeze",
    help: "stop the world's clock, or let it run again",
  },
  {
    action: "advance_clock",
    keys: ["a"],
    in: ["mock.clock"],
    hint: "advance",
    help: "advance the world's clock by a time that you type",
  },
  {
    action: "next_expiry",
    keys: ["e"],
    in: ["mock.clock"],
    hint: "next end",
    help: "advance to where the next group ends",
  },
  {
    action: "real_time",
    keys: ["n"],
    in: ["mock.clock"],
    hint: "now",
    help: "back to the machine's time, and let it run",
  },
  { action: "new_fault", keys: ["n"], in: ["mock.faults"], hint: "new fault", help: "inject a fault" },
  {
    action: "remove_fault",
    keys: ["d"],
    in: ["mock.faults"],
    hint: "remove",
    help: "inject this fault no more; counting begins anew",
  },
  { action: "clear_faults", keys: ["D"], in: ["mock.faults"], help: "inject no fault any more" },
  {
    action: "inject_fault",
    keys: ["ctrl+s"],
    in: ["fault", "fault.text"],
    hint: "inject",
    help: "inject the fault behind those that are there",
  },
  {
    action: "save_world",
    keys: ["s"],
    in: ["mock.saved"],
    hint: "take one",
    help: "take a snapshot of the world: users, groups, messages and its time",
  },
  {
    action: "compare_world",
    keys: ["enter", "c"],
    in: ["mock.saved"],
    hint: "compare",
    help: "what is different since the snapshot",
  },
  {
    action: "restore_world",
    keys: ["r"],
    in: ["mock.saved"],
    hint: "restore",
    help: "put the snapshot in the world's place; a snapshot of what is there is taken first",
  },
  {
    action: "write_world",
    keys: ["w"],
    in: ["mock.saved"],
    hint: "write",
    help: "write the snapshot into a new file in the working directory",
  },
  {
    action: "fork_world",
    keys: ["f"],
    in: ["mock.saved", "mock.worlds"],
    hint: "fork",
    help: "put a copy of the world behind another app token",
  },
  {
    action: "export_journal",
    keys: ["x"],
    in: ["mock.journal", "mock.request"],
    help: "write the journal into a new file, as HTTP archive (HAR)",
  },
  {
    action: "export_tests",
    keys: ["X"],
    in: ["mock.journal", "mock.request"],
    help: "write the journal into a new file, as vitest tests",
  },

  // Profiles
  {
    action: "connect",
    keys: ["enter"],
    in: ["profiles"],
    hint: "connect",
    help: "connect to the profile; nothing of the other server stays",
  },
  {
    action: "new_profile",
    keys: ["n"],
    in: ["profiles"],
    hint: "new",
    help: "make a profile: a server, and where its token is from",
  },
  { action: "edit_profile", keys: ["e"], in: ["profiles"], hint: "edit", help: "edit the profile" },
  {
    action: "test_profile",
    keys: ["t"],
    in: ["profiles"],
    hint: "test",
    help: "test the profile with one harmless call; for mesibo itself it says first what that costs",
  },
  {
    action: "remove_profile",
    keys: ["d"],
    in: ["profiles"],
    hint: "remove",
    help: "take the profile out of your config.json; asks first, and never touches a token",
  },
  {
    action: "save_profile",
    keys: ["ctrl+s"],
    in: ["profile", "profile.text"],
    hint: "save",
    help: "write the profile into your config.json",
  },
  {
    action: "test_draft",
    keys: ["ctrl+t"],
    in: ["profile", "profile.text"],
    hint: "test",
    help: "test what the form says with one harmless call, before it is saved",
  },

  // Dialogs
  {
    action: "answer_prompt",
    keys: ["enter"],
    in: ["prompt"],
    hint: "do it",
    help: "do it with what is typed",
  },
  { action: "cancel", keys: ["esc"], in: ["prompt"], hint: "cancel", help: "cancel; nothing is done" },
  { action: "confirm", keys: ["y"], in: ["confirm"], hint: "yes", help: "do it" },
  {
    action: "keep_bits",
    keys: ["k"],
    in: ["conflict"],
    hint: "keep",
    help: "write the contradictory bits as they are",
  },
  {
    action: "clear_bits",
    keys: ["c"],
    in: ["conflict"],
    hint: "clear",
    help: "drop the bit that loses and write the rest",
  },
  {
    action: "edit_again",
    keys: ["e", "enter"],
    in: ["draft"],
    hint: "edit again",
    help: "open it in your editor again",
  },
  {
    action: "preview",
    keys: ["enter"],
    in: ["add"],
    hint: "look it over",
    help: "read the list and show what would happen",
  },
  { action: "add_now", keys: ["enter"], in: ["preview"], hint: "add", help: "add these members" },
  {
    action: "create_users",
    keys: ["c"],
    in: ["result"],
    hint: "create and add",
    help: "make the missing users, then add them",
  },
  {
    action: "retry_failed",
    keys: ["R"],
    in: ["result"],
    hint: "retry",
    help: "send again what was refused, is unknown or was not sent, and nothing else",
  },
  {
    action: "save_failures",
    keys: ["w"],
    in: ["result"],
    hint: "write CSV",
    help: "write what was not done into a new CSV file in the working directory",
  },
  {
    action: "undo_bulk",
    keys: ["z"],
    in: ["result"],
    hint: "take back",
    help: "remove who this job added, and give back the permissions it changed; asks first",
  },
  {
    action: "cancel",
    keys: ["esc", "enter", "n", "q"],
    in: ["confirm"],
    hint: "cancel",
    help: "cancel; nothing is done",
  },
  {
    action: "cancel",
    keys: ["esc", "q", "n"],
    in: ["conflict"],
    hint: "cancel",
    help: "cancel; nothing is written",
  },
  { action: "cancel", keys: ["esc", "q"], in: ["draft"], hint: "drop", help: "drop it; nothing is sent" },
  { action: "cancel", keys: ["esc"], in: ["add"], hint: "cancel", help: "cancel; nobody is added" },
  { action: "cancel", keys: ["esc", "q"], in: ["preview"], hint: "back", help: "back to typing" },
  { action: "cancel", keys: ["esc", "enter", "q"], in: ["message", "result"], hint: "close", help: "close" },
  {
    action: "acknowledge",
    keys: ["y"],
    in: ["notice"],
    hint: "connect",
    help: "connect; this is not asked again on this machine",
  },
  { action: "run_command", keys: ["enter"], in: ["palette"], hint: "do it", help: "do what the row says" },
  { action: "cancel", keys: ["esc"], in: ["palette"], hint: "close", help: "close" },
  {
    action: "close_help",
    keys: ["esc", "?", "enter"],
    in: ["help"],
    hint: "close",
    help: "close the help",
  },

  // Moving
  { action: "down", keys: ["down", "tab"], in: ["palette", "help"], help: "down" },
  { action: "up", keys: ["up", "shift+tab"], in: ["palette", "help"], help: "up" },
  { action: "page_down", keys: ["pagedown", "ctrl+d"], in: ["palette", "help"], help: "a page down" },
  { action: "page_up", keys: ["pageup", "ctrl+u"], in: ["palette", "help"], help: "a page up" },
  { action: "down", keys: ["down", "j"], in: [...lists, ...scrolled], help: "down" },
  { action: "up", keys: ["up", "k"], in: [...lists, ...scrolled], help: "up" },
  {
    action: "page_down",
    keys: ["pagedown", "ctrl+d", "ctrl+f"],
    in: [...lists, ...scrolled],
    help: "a page down",
  },
  { action: "page_up", keys: ["pageup", "ctrl+u", "ctrl+b"], in: [...lists, ...scrolled], help: "a page up" },
  { action: "first", keys: ["home", "g"], in: [...lists, ...scrolled], help: "first row" },
  { action: "last", keys: ["end", "G"], in: [...lists, ...scrolled], help: "last row" },
  {
    action: "filter",
    keys: ["/"],
    in: ["groups", "members", "who", "requests", "mock.journal"],
    hint: "filter",
    help: "show only rows with a text in them; !text shows the others, /re/ those that a pattern finds",
  },
  {
    action: "sort",
    keys: ["o"],
    in: ["groups", "members"],
    hint: "sort",
    help: "sort by the next column; behind the last one as the server lists them",
  },
  { action: "reverse_sort", keys: ["O"], in: ["groups", "members"], help: "turn the order round" },
  {
    action: "accept_filter",
    keys: ["enter", "tab", "down", "up"],
    in: filters,
    hint: "keep",
    help: "keep the filter and go to the list",
  },
  { action: "clear_filter", keys: ["esc"], in: filters, hint: "clear", help: "clear the filter" },

  // Screens
  { action: "tab_overview", keys: ["1"], in: tabbed, help: "the group's name and flags" },
  { action: "tab_members", keys: ["2"], in: tabbed, help: "its members and their permissions" },
  { action: "tab_who", keys: ["3"], in: tabbed, help: "who may send, who receives, and why" },
  { action: "group_calls", keys: ["4"], in: tabbed, help: "the calls that were made about this group" },
  {
    action: "mock_journal",
    keys: ["1"],
    in: mockTabs,
    help: "the requests that the mock got, and why it answered so",
  },
  {
    action: "mock_clock",
    keys: ["2"],
    in: mockTabs,
    help: "the world's clock, and the groups that end next",
  },
  { action: "mock_faults", keys: ["3"], in: mockTabs, help: "the injected faults" },
  {
    action: "mock_saved",
    keys: ["4"],
    in: mockTabs,
    help: "the snapshots of the world that were taken here",
  },
  { action: "mock_worlds", keys: ["5"], in: mockTabs, help: "which mock this is, and its worlds" },
  { action: "next_tab", keys: ["]"], in: [...tabbed, ...mockTabs], hint: "next tab", help: "next tab" },
  { action: "previous_tab", keys: ["["], in: [...tabbed, ...mockTabs], help: "previous tab" },
  {
    action: "show_calls",
    keys: ["2", "c"],
    in: ["groups"],
    hint: "calls",
    help: "the calls that were made, with their answers",
  },
  {
    action: "show_jobs",
    keys: ["3", "J"],
    in: ["groups"],
    hint: "jobs",
    help: "the changes that were sent, and those whose outcome is unknown",
  },
  {
    action: "show_mock",
    keys: ["4", "M"],
    in: ["groups"],
    hint: "mock",
    help: "the mock: its journal, clock, faults, snapshots and worlds",
  },
  { action: "show_profiles", keys: ["0"], in: ["groups"], help: "the profiles: connect to another server" },
  {
    action: "undo",
    keys: ["z"],
    in: [...lists, "overview"],
    hint: "undo",
    help: "take the last change back; shows first what that would do",
  },
  {
    action: "redo",
    keys: ["Z"],
    in: [...lists, "overview"],
    help: "do again what was taken back last; shows first what that would do",
  },
  { action: "refresh", keys: ["R"], in: [...lists, "overview", "mock.clock"], help: "ask the server again" },
  {
    action: "palette",
    keys: [":", "ctrl+p"],
    in: screens,
    hint: "commands",
    help: "every command by its words; a number opens that group, 0x91 explains flags",
  },
  { action: "palette", keys: ["ctrl+p"], in: formTexts, help: "every command by its words" },
  {
    action: "next_theme",
    keys: ["t"],
    in: themed,
    help: "the next theme: terminal, dark, light, high-contrast, mono; config.json keeps one",
  },
  {
    action: "toggle_ascii",
    keys: ["T"],
    in: [...themed, "jobs", "profiles"],
    help: "draw with ASCII only, or with UTF-8",
  },
  { action: "show_notice", keys: ["!"], in: screens, help: "the last message in full" },
  {
    action: "back",
    keys: ["esc"],
    in: [...screens, ...formTexts],
    hint: "back",
    help: "discard what was typed, a range, the marks or the filter, else back",
  },
  { action: "quit", keys: ["q"], in: screens, hint: "quit", help: "back; at the list of groups, quit" },
  {
    action: "interrupt",
    keys: ["ctrl+c"],
    in: [...screens, ...formTexts, ...filters, ...dialogs, "help"],
    help: "close what is in front, or stop the running job; again within 2 s: quit",
  },
  {
    action: "suspend",
    keys: ["ctrl+z"],
    in: [...screens, ...formTexts, ...filters, ...dialogs, "help", "halted"],
    help: "leave the terminal to the shell; its fg comes back",
  },
  { action: "leave_notice", keys: ["esc", "q"], in: ["notice"], hint: "leave", help: "leave without a call" },
  { action: "quit_now", keys: ["q", "esc", "ctrl+c"], in: ["halted"], hint: "quit", help: "quit" },
  {
    action: "help",
    keys: ["?"],
    in: [...screens, "confirm", "conflict", "draft", "preview", "result", "message"],
    hint: "help",
    help: "the keys that work here",
  },
] as const satisfies readonly Binding[];

/** The names of everything that a key can do. */
export type Action = (typeof bindings)[number]["action"];
