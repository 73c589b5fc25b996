import * as z from "zod/mini";
import { createDocument } from "../document.ts";
import { defineRoute, noBody, noQuery, type Route } from "../route.ts";

/** The route of the OpenAPI document, which describes every route, itself included. */
export const documentRoute = (routes: () => readonly Route[]): Route =>
  defineRoute({
    method: "get",
    path: "/openapi.json",
    id: "getDocument",
    summary: "This document.",
    query: noQuery,
    body: noBody,
    answers: {
      200: {
        description: "The OpenAPI document of the control API.",
        schema: z.looseObject({ openapi: z.string() }),
      },
    },
    handle: () => ({ status: 200, json: createDocument(routes()) }),
  });
