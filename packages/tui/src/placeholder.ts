/** What stands in an API key's place wherever a request to a gateway is shown: the name of its variable. */
export const KEY_PLACEHOLDER = "$GATEWAY_API_KEY";
