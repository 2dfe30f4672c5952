import type { Message, Verdict } from "@standin/client";
import { useState } from "preact/hooks";
import { client } from "../chat/client.ts";
import { withoutLabel } from "../chat/entry.ts";
import { announce } from "../design/announce.tsx";
import { Confirm } from "../design/dialog.tsx";
import { toast } from "../design/toast.tsx";
import { sentenceFor } from "../texts/sentence-for.ts";
import { t } from "../texts/texts.ts";
import { CorrectDialog } from "./correct-dialog.tsx";

export interface JudgeProps {
  readonly message: Message;
  /** The person to whom it was said. */
  readonly name: string;
  /** Told of the message as it is afterwards. */
  readonly onJudged?: (message: Message) => void;
}

/** The owner's word on what was said for them: confirm, correct, withdraw. Nothing is left to say of what was withdrawn. */
export const Judge = ({ message, name, onJudged }: JudgeProps) => {
  const [open, setOpen] = useState<"correct" | "withdraw" | null>(null);
  const [working, setWorking] = useState(false);
  const texts = t().standin;
  const { verdict } = message;
  if (verdict === "withdrawn") return null;

  /** Resolves with whether it was taken. */
  const judge = async (next: Verdict, content?: string): Promise<boolean> => {
    setWorking(true);
    try {
      const updated = await client.standin.judge(
        message._id,
        content === undefined ? { verdict: next } : { verdict: next, content },
      );
      announce(texts[`${next}Own`]);
      onJudged?.(updated);
      setOpen(null);
      return true;
    } catch (error) {
      toast(sentenceFor(error));
      return false;
    } finally {
      setWorking(false);
    }
  };

  return (
    <fieldset class="judge">
      <legend class="visually-hidden">{texts.judge}</legend>
      {verdict !== "confirmed" && (
        <button type="button" class="button small" disabled={working} onClick={() => judge("confirmed")}>
          {texts.confirm}
        </button>
      )}
      <button type="button" class="button small" disabled={working} onClick={() => setOpen("correct")}>
        {texts.correct}
      </button>
      <button type="button" class="button small" disabled={working} onClick={() => setOpen("withdraw")}>
        {texts.withdraw}
      </button>
      {open === "correct" && (
        <CorrectDialog
          text={withoutLabel(message)}
          onClose={() => setOpen(null)}
          onCorrect={(content) => judge("corrected", content)}
        />
      )}
      {open === "withdraw" && (
        <Confirm
          title={texts.withdrawTitle}
          hint={<p>{texts.withdrawHint(name)}</p>}
          action={texts.withdraw}
          danger
          onClose={() => setOpen(null)}
          onConfirm={() => judge("withdrawn")}
        />
      )}
    </fieldset>
  );
};
