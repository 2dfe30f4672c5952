import type { User } from "@standin/client";
import { person } from "../chat/conversations.ts";
import { Avatar } from "../design/avatar.tsx";
import { conversationAddress } from "../shell/route.ts";
import { PresenceDot, presenceText } from "../status/presence.tsx";

export interface PersonLinkProps {
  readonly user: User;
  readonly current: boolean;
  readonly onOpen: () => void;
}

/** Somebody to begin a conversation with. */
export const PersonLink = ({ user: found, current, onOpen }: PersonLinkProps) => {
  const user = person(found.id) ?? found;
  return (
    <li>
      <a
        class="list-item"
        href={conversationAddress(user.id)}
        aria-current={current ? "page" : undefined}
        onClick={onOpen}
      >
        <Avatar id={user.id} name={user.username} />
        <span class="list-main">
          <strong dir="auto">{user.username}</strong>
          <span class="list-second">
            <PresenceDot user={user} />
            <span>{presenceText(user)}</span>
          </span>
        </span>
      </a>
    </li>
  );
};
