import { toast } from "../design/toast.tsx";
import { conversationAddress, goTo } from "../shell/route.ts";
import { t } from "../texts/texts.ts";
import { client } from "./client.ts";

/** Tells, from now on, when somebody says that it is urgent. It stays until it is used or closed. */
export const startUrgent = (): void => {
  client.on("standinUrgent", ({ from }) => {
    const { urgent, open } = t().standin;
    toast(urgent(client.user(from)?.username ?? "?"), { label: open, run: () => goTo(conversationAddress(from)) });
  });
};
