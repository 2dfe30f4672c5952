export * from "@standin/client";
export * from "@standin/client/indexeddb";
