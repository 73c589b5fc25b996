import { Ajv2020 } from "ajv/dist/2020.js";
import type { Aimed } from "./aim.ts";
import type { Document, Parameter } from "./document.ts";
import type { Shot } from "./shot.ts";

/** An answer as checks read it. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A request with what came back. */
export interface Exchange {
  readonly shot: Shot;
  readonly aimed: Aimed;
  readonly answer: Answered;
}

/** Says what is wrong with an answer; nothing where all is well. */
export type Check = (exchange: Exchange) => readonly string[];

const escaped = (part: string): string => part.replaceAll("~", "~0").replaceAll("/", "~1");

/** What a request has that the document does not allow, or whether everything is as documented. */
export interface Judged {
  readonly bodyIsValid: boolean;
  /** Those in the path and in the query. */
  readonly parametersAreValid: boolean;
  readonly headersAreValid: boolean;
}

/** Reads JSON; undefined where a text is none. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Makes validators of what a document says. Whatever it does not know by name it looks up there. */
export function createJudge(document: Document) {
  const ajv = new Ajv2020({ strict: false, allErrors: false, validateFormats: true });
  ajv.addFormat(
    "date-time",
    (text) => /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text)),
  );
  ajv.addSchema(document, "document");
  const fault = (pointer: string, value: unknown): string | undefined => {
    const validate = ajv.getSchema(`document#${pointer}`);
    if (validate === undefined) throw new Error(`no schema at ${pointer}`);
    return validate(value) === true ? undefined : ajv.errorsText(validate.errors);
  };
  const place = ({ route }: Shot): string => `/paths/${escaped(route.path)}/${route.method.toLowerCase()}`;

  const isValid = (
    shot: Shot,
    { parameter, index, text }: { parameter: Parameter; index: number; text: string },
  ): boolean => {
    const { type } = parameter.schema;
    const value =
      type === "integer" || type === "number"
        ? /^-?\d+$/.test(text)
          ? Number(text)
          : text
        : type === "boolean"
          ? readJson(text)
          : text;
    return fault(`${place(shot)}/parameters/${index}/schema`, value) === undefined;
  };

  return {
    /** What is wrong with a value that a response should have. */
    response: (
      shot: Shot,
      { status, media, value }: { readonly status: number; readonly media: string; readonly value: unknown },
    ) => fault(`${place(shot)}/responses/${status}/content/${escaped(media)}/schema`, value),
    /** Whether the document allows a request. */
    request: (shot: Shot, { texts, body }: Aimed): Judged => {
      const { parameters = [], requestBody } = shot.route.operation;
      const media = shot.body?.media ?? "";
      const areValid = (isAsked: (place: string) => boolean): boolean =>
        parameters.every((parameter, index) => {
          if (!isAsked(parameter.in)) return true;
          const text = texts[parameter.name];
          return text === undefined ? parameter.required !== true : isValid(shot, { parameter, index, text });
        });
      const judged = {
        parametersAreValid: areValid((place) => place !== "header"),
        headersAreValid: areValid((place) => place === "header"),
      };
      if (requestBody === undefined || body === undefined)
        return { ...judged, bodyIsValid: requestBody?.required !== true };
      if (requestBody.content[media] === undefined) return { ...judged, bodyIsValid: false };
      const values = /ndjson/.test(media)
        ? body
            .split("\n")
            .filter((line) => line.trim() !== "")
            .map(readJson)
        : [media.startsWith("text/") ? body : readJson(body)];
      const pointer = `${place(shot)}/requestBody/content/${escaped(media)}/schema`;
      const bodyIsValid = values.every((value) => fault(pointer, value) === undefined);
      return { ...judged, bodyIsValid };
    },
  };
}

/** Validators of a document. */
export type Judge = ReturnType<typeof createJudge>;
