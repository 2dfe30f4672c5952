import type { Preview } from "@standin/client";
import { useState } from "preact/hooks";
import { client } from "../chat/client.ts";
import { conversations } from "../chat/conversations.ts";
import { withoutLabel } from "../chat/entry.ts";
import { myself } from "../chat/session.ts";
import { Field } from "../design/field.tsx";
import { AssistantIcon } from "../design/icons.tsx";
import { LinkedText } from "../design/linked-text.tsx";
import { sentenceFor } from "../texts/sentence-for.ts";
import { t } from "../texts/texts.ts";

/** As many people as a menu can offer. */
const mostPeople = 50;

/** Tries the assistant on a message, as it is set on the server. Nothing is sent to anybody. */
export const PreviewCard = () => {
  const texts = t().assistant;
  const [message, setMessage] = useState(texts.previewExample);
  const [from, setFrom] = useState("");
  const [preview, setPreview] = useState<Preview | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [working, setWorking] = useState(false);

  const ask = async (event: Event): Promise<void> => {
    event.preventDefault();
    setWorking(true);
    setProblem(null);
    try {
      setPreview(await client.standin.preview(from === "" ? { message } : { message, from }));
    } catch (error) {
      setPreview(null);
      setProblem(sentenceFor(error));
    } finally {
      setWorking(false);
    }
  };

  return (
    <form class="card" onSubmit={ask} noValidate>
      <div>
        <h2 class="card-title">{texts.previewTitle}</h2>
        <p class="hint">{texts.previewHint}</p>
      </div>
      <Field label={texts.previewLabel}>
        {(control) => (
          <textarea
            {...control}
            class="input"
            dir="auto"
            rows={2}
            maxLength={4_000}
            value={message}
            onInput={({ currentTarget }) => setMessage(currentTarget.value)}
          />
        )}
      </Field>
      <Field label={texts.previewFrom}>
        {(control) => (
          <select
            {...control}
            class="input"
            value={from}
            onChange={({ currentTarget }) => setFrom(currentTarget.value)}
          >
            <option value="">{texts.previewNew}</option>
            {conversations.value.slice(0, mostPeople).map(({ peer, user }) => (
              <option key={peer} value={peer}>
                {user?.username ?? peer}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div class="row end">
        <button type="submit" class="button" disabled={working || message.trim() === ""}>
          {working ? t().signIn.working : texts.previewGo}
        </button>
      </div>
      <div role="status">
        {problem !== null && <p class="problem">{problem}</p>}
        {preview !== null && (
          <div class="answer">
            <div class="answer-head">
              <AssistantIcon size={16} />
              <strong>{t().decisions[preview.decision]}</strong>
            </div>
            {preview.text === null ? (
              <p class="muted">{texts.previewNothing}</p>
            ) : (
              <LinkedText text={withoutLabel({ label: `${myself().username}'s assistant`, content: preview.text })} />
            )}
            {preview.generator !== null && (
              <div class="answer-foot">
                {preview.generator.provider === "template"
                  ? t().standin.byTemplate
                  : t().standin.byModel(preview.generator.model)}
              </div>
            )}
          </div>
        )}
      </div>
    </form>
  );
};
