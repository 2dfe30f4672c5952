import { toast } from "../design/toast.tsx";
import { t } from "../texts/texts.ts";
import { client } from "./client.ts";

/** Says, once, when this device keeps nothing: all works, and what is not sent is lost with the page. */
export const startStorageWarning = (): void => {
  const stop = client.on("storageFailed", () => {
    stop();
    toast(t().errors.storage);
  });
};
