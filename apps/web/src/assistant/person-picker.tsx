import type { User } from "@standin/client";
import { useId, useState } from "preact/hooks";
import { useDirectory } from "../conversations/use-directory.ts";
import { Avatar } from "../design/avatar.tsx";
import { t } from "../texts/texts.ts";

export interface PersonPickerProps {
  readonly label: string;
  /** Nobody of these is offered. */
  readonly without: ReadonlySet<string>;
  readonly onPick: (user: User) => void;
}

/** Finds somebody by the beginning of their name. */
export const PersonPicker = ({ label, without, onPick }: PersonPickerProps) => {
  const [query, setQuery] = useState("");
  const id = useId();
  const directory = useDirectory(query.trim(), false);
  const offered = directory.people.filter((user) => !without.has(user.id)).slice(0, 8);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        class="input"
        type="search"
        autocomplete="off"
        maxLength={50}
        placeholder={t().conversations.searchHint}
        value={query}
        onInput={({ currentTarget }) => setQuery(currentTarget.value)}
      />
      {query.trim() !== "" && (
        <ul class="picker">
          {offered.map((user) => (
            <li key={user.id}>
              <button
                type="button"
                class="button quiet wide"
                onClick={() => {
                  setQuery("");
                  onPick(user);
                }}
              >
                <Avatar id={user.id} name={user.username} tiny />
                <span dir="auto">{user.username}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <span class="hint" role="status">
        {directory.problem ?? (directory.done && offered.length === 0 ? t().conversations.none : null)}
      </span>
    </div>
  );
};
