// How backends have called mesibo for years: one URL, flat parameters, the token in every URL.

/** A team's chat, with raw calls. */
export function rawTeams({ url, token }) {
  const api = async (params) => {
    const response = await fetch(`${url}?${new URLSearchParams({ ...params, token })}`);
    return response.json();
  };

  return {
    create: async (name, people) => {
      const answer = await api({ op: "groupadd", name, flag: 1, m: people.join(",") });
      return answer.group?.gid;
    },
    mute: (gid, people) =>
      api({
        op: "groupeditmembers",
        gid,
        m: people.join(","),
        cs: 0,
        cr: 1,
        canpub: 0,
        cansub: 1,
        canlist: 1,
      }),
    remove: (gid, people) => api({ op: "groupeditmembers", gid, m: people.join(","), delete: 1 }),
    rename: (gid, name) => api({ op: "groupset", gid, name }),
  };
}
