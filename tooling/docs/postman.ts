import { createRequire } from "node:module";

type Conversion =
  | { readonly result: true; readonly output: readonly [{ readonly data: object }] }
  | { readonly result: false; readonly reason: string };

interface Converter {
  convertV2(
    input: { readonly type: "json"; readonly data: object },
    options: Readonly<Record<string, unknown>>,
    done: (error: Error | null, conversion: Conversion) => void,
  ): void;
}

const require = createRequire(import.meta.url);

/** The package has no types and is CommonJS. */
const converter: Converter = require("openapi-to-postmanv2");

const convert = (document: object): Promise<object> =>
  new Promise((resolve, reject) => {
    const options = {
      folderStrategy: "Tags",
      parametersResolution: "Example",
      enableOptionalParameters: false,
    };
    converter.convertV2({ type: "json", data: document }, options, (error, conversion) => {
      if (error !== null) reject(error);
      else if (conversion.result) resolve(conversion.output[0].data);
      else reject(new Error(conversion.reason));
    });
  });

/** Random ids, answers made up at random (the real ones are in the OpenAPI document), and what says nothing. */
const dropped = new Set(["id", "_postman_id", "response", "event", "protocolProfileBehavior", "cookie"]);

/** Where the converter makes up values at random; the user has better ones. */
const blanked = new Set(["query", "variable"]);

const blank = (values: readonly object[]): readonly object[] => values.map((value) => ({ ...value, value: "" }));

const steady = (key: string, value: unknown): unknown => {
  if (dropped.has(key)) return undefined;
  return blanked.has(key) && Array.isArray(value) ? blank(value) : value;
};

/**
 * A Postman collection (format 2.1) of an OpenAPI document; the same one for the same document. Its variables are `baseUrl` and
 * `bearerToken`.
 */
export const toPostmanCollection = async (document: object, baseUrl: string): Promise<object> => {
  const collection = await convert({ ...document, servers: [{ url: baseUrl }] });
  return {
    ...JSON.parse(JSON.stringify(collection, steady)),
    variable: [
      { key: "baseUrl", value: baseUrl },
      { key: "bearerToken", value: "" },
    ],
  };
};
