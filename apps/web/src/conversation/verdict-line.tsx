import type { Verdict } from "@standin/client";
import { SentIcon } from "../design/icons.tsx";
import { t } from "../texts/texts.ts";

export interface VerdictLineProps {
  readonly verdict: Verdict;
  /** The owner's name; null when the owner looks. */
  readonly name: string | null;
}

/** What the owner says of an answer, in words. */
export const VerdictLine = ({ verdict, name }: VerdictLineProps) => {
  const texts = t().standin;
  return (
    <span class={`verdict ${verdict}`} dir="auto">
      {(verdict === "confirmed" || verdict === "corrected") && <SentIcon size={14} />}
      {name === null ? texts[`${verdict}Own`] : texts[verdict](name)}
    </span>
  );
};
