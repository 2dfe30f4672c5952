/** What every document says of the API as a whole. */
export const about = {
  title: "Standin",
  /** Of the API, which grows by new fields, paths and events; not of a package. */
  version: "1.0.0",
  license: { name: "MIT" },
} as const;
