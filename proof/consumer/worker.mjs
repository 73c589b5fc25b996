// workerd: GET /?url=…&token=…
import { work } from "./groups.mjs";

// oxlint-disable-next-line import/no-default-export -- workerd asks for it.
export default {
  async fetch(request) {
    const { searchParams } = new URL(request.url);
    return Response.json(await work(searchParams.get("url"), searchParams.get("token")));
  },
};
