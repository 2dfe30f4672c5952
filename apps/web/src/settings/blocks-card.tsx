import { blocks, setBlocked } from "../chat/blocks.ts";
import { useResource } from "../chat/resource.ts";
import { toast } from "../design/toast.tsx";
import { ResourceView } from "../shell/resource-view.tsx";
import { sentenceFor } from "../texts/sentence-for.ts";
import { t } from "../texts/texts.ts";

/** Whom one has blocked, and the way to take it back. */
export const BlocksCard = () => {
  const texts = t().block;
  useResource(blocks);
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
      <ResourceView resource={blocks}>
        {(people) =>
          people.length === 0 ? (
            <p class="muted">{texts.none}</p>
          ) : (
            <ul class="stack">
              {people.map(({ id, username }) => (
                <li key={id} class="rule">
                  <span dir="auto">{username}</span>
                  <button
                    type="button"
                    class="button small"
                    aria-label={texts.unblock(username)}
                    onClick={() => unblock(id)}
                  >
                    {texts.lift}
                  </button>
                </li>
              ))}
            </ul>
          )
        }
      </ResourceView>
    </section>
  );
};
