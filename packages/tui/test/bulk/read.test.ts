import { describe, expect, test } from "vitest";
import { BulkReadError, MAX_CHARACTERS, MAX_ROWS } from "../../src/bulk/limits.ts";
import { readMembers } from "../../src/bulk/read.ts";

const addresses = (text: string): readonly string[] => readMembers(text).rows.map(({ address }) => address);

function failure(text: string): { readonly message: string; readonly line: number | undefined } {
  try {
    readMembers(text);
  } catch (error) {
    if (error instanceof BulkReadError) return { message: error.message, line: error.line };
    throw error;
  }
  throw new Error("It was read.");
}

describe("a plain list", () => {
  test("is read with line breaks of every kind, commas, semicolons, tabs and spaces", () => {
    expect(readMembers("\ufeffa,b c;d\te\r\nf\rg\n\n h ,")).toEqual({
      format: "list",
      rows: [
        ...["a", "b", "c", "d", "e"].map((address) => ({ line: 1, address, permissions: {} })),
        { line: 2, address: "f", permissions: {} },
        { line: 3, address: "g", permissions: {} },
        { line: 5, address: "h", permissions: {} },
      ],
      bad: [],
      ignored: [],
    });
  });

  test("loses the apostrophe that keeps a spreadsheet from calculating with a phone number", () => {
    expect(addresses("'+14155550100\n+14155550101\no'hara")).toEqual([
      "+14155550100",
      "+14155550101",
      "o'hara",
    ]);
  });

  test("may be empty", () => {
    expect(readMembers(" \n\n").rows).toEqual([]);
    expect(readMembers("").rows).toEqual([]);
  });

  test("with permissions and without a header is not taken for addresses named true and false", () => {
    expect(failure("alice,true,false,true,true,true")).toEqual({
      message:
        "Line 1: looks like an address with permissions, but nothing says which ones. Put a header on top: address,send,receive,publish,subscribe,list.",
      line: 1,
    });
  });
});

describe("a CSV", () => {
  const full = { send: true, receive: false, publish: true, subscribe: false, list: true };

  test.each([",", ";", "\t", "|"])(
    "is known by its header, whatever separates its cells (%j)",
    (separator) => {
      const lines = ["Address,Send,Receive,Publish,Subscribe,List", "alice,true,no,1,0,X", "bob,,,,,"];
      const text = lines.join("\r\n").replaceAll(",", separator);
      expect(readMembers(`\ufeff${text}`)).toEqual({
        format: "csv",
        rows: [
          { line: 2, address: "alice", permissions: full },
          {
            line: 3,
            address: "bob",
            permissions: { send: false, receive: false, publish: false, subscribe: false, list: false },
          },
        ],
        bad: [],
        ignored: [],
      });
    },
  );

  test("may have its columns in any order, under mesibo's names or people's, and others between them", () => {
    expect(readMembers("Name,can_recv,cs,E-Mail\nAlice,yes,no,alice@example.com")).toEqual({
      format: "csv",
      rows: [{ line: 2, address: "alice@example.com", permissions: { receive: true, send: false } }],
      bad: [],
      ignored: [{ name: "Name", nearest: undefined }],
    });
  });

  test("names a misspelt permission that it could not use", () => {
    expect(readMembers("address,recieve,line\nalice,1,7")).toMatchObject({
      rows: [{ address: "alice", permissions: {} }],
      ignored: [{ name: "recieve", nearest: "receive" }],
    });
  });

  test("may be a single column", () => {
    expect(addresses("phone\n+14155550100\n\njohn smith")).toEqual(["+14155550100", "john smith"]);
  });

  test("keeps what is in quotes, and counts lines through them", () => {
    const text = 'address,note\n"a;b","two\r\nlines"\n\n"say ""hi""",x\n,\nlast,y';
    expect(readMembers(text).rows).toEqual([
      { line: 2, address: "a;b", permissions: {} },
      { line: 5, address: 'say "hi"', permissions: {} },
      { line: 7, address: "last", permissions: {} },
    ]);
  });

  test("names the rows that cannot be meant", () => {
    const text = "address,send\nalice,maybe\nbob\ncarol,true,x\ndave,true,\nerin,false";
    expect(readMembers(text)).toEqual({
      format: "csv",
      rows: [
        { line: 5, address: "dave", permissions: { send: true } },
        { line: 6, address: "erin", permissions: { send: false } },
      ],
      bad: [
        { line: 2, text: "alice", reason: 'send is "maybe", which is neither true nor false' },
        { line: 3, text: "bob", reason: "has 1 cell where the header has 2" },
        {
          line: 4,
          text: "carol",
          reason: "has 3 cells where the header has 2; text with a separator in it needs quotes",
        },
      ],
      ignored: [],
    });
  });

  test.each([
    [
      "email,phone\na,b",
      '"email" and "phone" could each be the addresses. Name one of these columns address.',
    ],
    ["address,cs,send\na,1,0", "The header names send twice. Leave one of these columns out."],
    ["send,receive\n1,0", "The header names permissions and no address. Add a column address."],
    ['address\nalice\n"bob\ncarol\n', "Line 3: a quote opens here or below, and is never closed."],
  ])("that cannot be trusted is refused whole: %j", (text, message) => {
    expect(failure(text).message).toBe(message);
  });

  test("may have several columns for an address where one of them is called address", () => {
    expect(readMembers("email,address,phone\na,b,c")).toMatchObject({
      rows: [{ address: "b" }],
      ignored: [{ name: "email" }, { name: "phone" }],
    });
  });
});

describe("the limits", () => {
  const rows = (count: number): string => "u\n".repeat(count);
  const tooMany =
    "The list has more than 100,000 rows, the limit. Split it, and add the parts one after the other.";

  test("let 100,000 rows pass and no more", () => {
    expect(addresses(rows(MAX_ROWS))).toHaveLength(100_000);
    expect(failure(rows(MAX_ROWS + 1)).message).toBe(tooMany);
    expect(addresses(`address\n${rows(MAX_ROWS)}`)).toHaveLength(100_000);
    expect(failure(`address\n${rows(MAX_ROWS + 1)}`).message).toBe(tooMany);
  });

  test("stop at a text that is no list at all", () => {
    expect(failure("x".repeat(MAX_CHARACTERS + 1)).message).toBe(
      "The list has 16,000,001 characters, over the limit of 16,000,000. Split it, and add the parts one after the other.",
    );
  });
});
