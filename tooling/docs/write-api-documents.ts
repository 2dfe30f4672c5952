import { mkdirSync, writeFileSync } from "node:fs";
import { apiDocuments, folder } from "./api-documents.ts";

mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(await apiDocuments())) {
  writeFileSync(new URL(name, folder), text);
  process.stdout.write(`docs/api/${name}\n`);
}
