import { blocks, setBlocked } from "../chat/blocks.ts";
import { toast } from "../design/toast.tsx";
import { sentenceFor } from "../texts/sentence-for.ts";
import { t } from "../texts/texts.ts";

/** Whom one has blocked, and the way to take it back. */
export const BlocksCard = () => {
  const texts = t().block;
  const unblock = async (id: string): Promise<void> => {
    try {
      await setBlocked(id, false);
    } catch (error) {
      toast(sentenceFor(error));
    }
  };
  return (
    <section class="card" aria-labelledby="blocks">
      <h2 id="blocks">{texts.title}</h2>
      {blocks.value === null ? (
        <p class="muted">{t().common.loading}</p>
      ) : blocks.value.length === 0 ? (
        <p class="muted">{texts.none}</p>
      ) : (
        <ul class="stack">
          {blocks.value.map(({ id, username }) => (
            <li key={id} class="rule">
              <span dir="auto">{username}</span>
              <button type="button" class="button small" onClick={() => unblock(id)}>
                {texts.unblock(username)}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};
