/** What stands in a token's place wherever a request or an answer is shown. */
export const TOKEN_PLACEHOLDER = "$MESIBO_APP_TOKEN";
