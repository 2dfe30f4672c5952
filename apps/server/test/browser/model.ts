import type { ProviderBehaviour } from "@standin/contract-tests/doubles";

/** A model that says this. */
export const says =
  (text: string): ProviderBehaviour =>
  ({ wire, response }) =>
    void response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(wire.answer(text)));
