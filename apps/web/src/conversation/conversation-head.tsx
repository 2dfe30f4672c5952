import type { User } from "@standin/client";
import { useState } from "preact/hooks";
import { PersonRule } from "../assistant/person-rule.tsx";
import { isBlocked, setBlocked } from "../chat/blocks.ts";
import { Avatar } from "../design/avatar.tsx";
import { Confirm, Dialog } from "../design/dialog.tsx";
import { BackIcon, MoreIcon } from "../design/icons.tsx";
import { toast } from "../design/toast.tsx";
import { chatsAddress } from "../shell/route.ts";
import { PresenceDot, presenceText } from "../status/presence.tsx";
import { sentenceFor } from "../texts/sentence-for.ts";
import { t } from "../texts/texts.ts";

/** Who one talks to, how they are, and what else can be done here. */
export const ConversationHead = ({ user }: { readonly user: User }) => {
  const [open, setOpen] = useState<"menu" | "block" | null>(null);
  const texts = t().conversation;
  const blocked = isBlocked(user.id);

  const block = async (next: boolean): Promise<void> => {
    setOpen(null);
    try {
      await setBlocked(user.id, next);
      if (next) toast(t().block.blocked(user.username));
    } catch (error) {
      toast(sentenceFor(error));
    }
  };

  return (
    <header class="pane-head conversation-head">
      <a class="button quiet icon only-narrow" href={chatsAddress} aria-label={texts.back}>
        <BackIcon />
      </a>
      <Avatar id={user.id} name={user.username} />
      <div class="who">
        <h1 tabIndex={-1} dir="auto">
          {user.username}
        </h1>
        <p class="presence">
          <PresenceDot user={user} />
          <span>{presenceText(user)}</span>
          {blocked && <span class="badge danger">{t().block.blocked(user.username)}</span>}
        </p>
      </div>
      <button type="button" class="button quiet icon" aria-label={texts.menu} onClick={() => setOpen("menu")}>
        <MoreIcon />
      </button>
      {open === "menu" && (
        <Dialog title={user.username} onClose={() => setOpen(null)}>
          <PersonRule user={user} />
          {blocked ? (
            <button type="button" class="button wide" onClick={() => block(false)}>
              {t().block.unblock(user.username)}
            </button>
          ) : (
            <button type="button" class="button danger wide" onClick={() => setOpen("block")}>
              {t().block.block(user.username)}
            </button>
          )}
        </Dialog>
      )}
      {open === "block" && (
        <Confirm
          title={t().block.ask(user.username)}
          hint={<p>{t().block.hint(user.username)}</p>}
          action={t().block.block(user.username)}
          danger
          onClose={() => setOpen(null)}
          onConfirm={() => block(true)}
        />
      )}
    </header>
  );
};
