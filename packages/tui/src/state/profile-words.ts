import type { ProfileForm } from "./profile-form.ts";

const kinds = {
  mock: "A mock of mesibo: this app's own, or one over HTTP. It takes any token.",
  gateway: "A mesibo gateway, which alone holds the app token. It is asked with an API key.",
  mesibo: "mesibo itself, or your own mesibo server, with your app token.",
} as const;

const urls = {
  mock: "Left empty, the mock is inside this app and keeps nothing.",
  gateway: "Where the gateway listens, such as https://groups.example.com.",
  mesibo: "Left empty, it is mesibo's own.",
} as const;

const sources = {
  environment:
    "The token is read from MESIBO_APP_TOKEN_FILE or MESIBO_APP_TOKEN; a gateway's key from GATEWAY_API_KEY.",
  file: "The path of a file that you alone may read (mode 0600). The token itself has no place here.",
  command:
    'A program with its arguments, run without a shell, such as pass show mesibo. Where a word has a space: ["a","b c"].',
} as const;

/** What the field in focus of a profile is for. */
export function aboutField({ field, kind, credential }: ProfileForm): string {
  switch (field) {
    case "name":
      return "1 to 40 letters, digits, dots, dashes or underscores; --profile takes it.";
    case "kind":
      return kinds[kind];
    case "url":
      return urls[kind];
    case "dialect":
      return "json is mesibo's v2, form its v1, which lists 20 members at most.";
    case "credential":
    case "source":
      return sources[credential];
    case "read_only":
      return "Nothing can be changed through this profile.";
    case "danger":
      return "Every change is asked about, and a removal wants the gid typed.";
    case "save":
      return "Comments and everything else in your config.json stay as they are.";
  }
}
