// Builds the page when it is missing or made of other sources than there are now. What it says goes to standard error: the
// server's first line on standard output is a promise to whoever starts it.
import { buildPage, isPageFresh } from "./build-page.ts";

if (!isPageFresh()) {
  process.stderr.write("Building the page …\n");
  await buildPage();
}
