import { useEffect, useState } from "preact/hooks";
import { conversations } from "../chat/conversations.ts";
import { CloseIcon, SearchIcon } from "../design/icons.tsx";
import { route } from "../shell/route.ts";
import { t } from "../texts/texts.ts";
import { ConversationLink } from "./conversation-link.tsx";
import { PersonLink } from "./person-link.tsx";
import { useDirectory } from "./use-directory.ts";

/** How many conversations are drawn at first, and more each time the end of the list is asked for. */
const pageSize = 60;

/** All conversations, and a way to find people for new ones. */
export const ConversationList = () => {
  const [query, setQuery] = useState("");
  const [count, setCount] = useState(pageSize);
  const texts = t().conversations;
  const all = conversations.value;
  const asked = query.trim();
  const directory = useDirectory(asked, all.length === 0);
  const lower = asked.toLocaleLowerCase();
  const known =
    asked === "" ? all : all.filter(({ user }) => user?.username.toLocaleLowerCase().includes(lower) ?? false);
  const knownIds = new Set(all.map(({ peer }) => peer));
  const others = directory.people.filter(({ id }) => !knownIds.has(id));
  const current = route.value.name === "with" ? route.value.peer : null;

  useEffect(() => setCount(pageSize), [asked]);

  return (
    <section class="list" aria-label={texts.title}>
      <search class="list-search">
        <SearchIcon size={18} />
        <input
          type="search"
          class="input"
          aria-label={texts.search}
          placeholder={texts.search}
          title={texts.searchHint}
          autocomplete="off"
          enterkeyhint="search"
          maxLength={50}
          value={query}
          onInput={({ currentTarget }) => setQuery(currentTarget.value)}
        />
        {query !== "" && (
          <button type="button" class="button quiet icon" aria-label={texts.clear} onClick={() => setQuery("")}>
            <CloseIcon size={18} />
          </button>
        )}
      </search>
      <div class="list-scroll">
        {known.length > 0 && (
          <>
            {asked !== "" && <h2 class="list-heading">{texts.known}</h2>}
            <ul>
              {known.slice(0, count).map((summary) => (
                <ConversationLink key={summary.peer} summary={summary} current={summary.peer === current} />
              ))}
            </ul>
            {known.length > count && (
              <button type="button" class="button quiet wide" onClick={() => setCount(count + pageSize)}>
                {t().common.more}
              </button>
            )}
          </>
        )}
        {asked === "" && all.length === 0 && <p class="list-hint">{texts.empty}</p>}
        {others.length > 0 && (
          <>
            <h2 class="list-heading">{texts.people}</h2>
            <ul>
              {others.map((user) => (
                <PersonLink key={user.id} user={user} current={user.id === current} onOpen={() => setQuery("")} />
              ))}
            </ul>
            {directory.more !== null && (
              <button type="button" class="button quiet wide" onClick={directory.more}>
                {t().common.more}
              </button>
            )}
          </>
        )}
        <p class="list-hint" role="status">
          {directory.problem ??
            (directory.done && known.length === 0 && others.length === 0 && (asked === "" ? texts.nobody : texts.none))}
        </p>
      </div>
    </section>
  );
};
