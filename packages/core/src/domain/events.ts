import type { Id } from "./ids.ts";
import type { Message } from "./message.ts";
import type { Suggestion } from "./suggestion.ts";
import type { UserView } from "./user.ts";

/** What happened, said once, after it was committed. */
export type ChatEvent =
  /** `via` is the connection it came through, which already has its answer. */
  | { readonly type: "message-stored"; readonly message: Message; readonly via: string | null }
  | { readonly type: "message-changed"; readonly message: Message }
  /** `hidden`: a block lies between the two, so only the reader's own devices hear of it. */
  | {
      readonly type: "messages-read";
      readonly reader: Id;
      readonly peer: Id;
      readonly seq: number;
      readonly via: string | null;
      readonly hidden: boolean;
    }
  | { readonly type: "typing"; readonly from: Id; readonly to: Id }
  /** The stand-in of `owner` works on an answer for `writer`. */
  | { readonly type: "stand-in-typing"; readonly owner: Id; readonly writer: Id; readonly inReplyTo: Id }
  /** A draft for its owner alone. */
  | { readonly type: "suggestion-made"; readonly suggestion: Suggestion }
  /** A writer asks that the owner be told at once. */
  | { readonly type: "urgent"; readonly owner: Id; readonly from: Id; readonly at: number }
  /** The e-mail address in `user` is always null: it is not news. */
  | { readonly type: "status-changed"; readonly user: UserView; readonly audience: "everyone" | readonly Id[] }
  /** `sessions`: those that ended; "all-but": every session of the user but that one (null: really all). */
  | {
      readonly type: "sessions-ended";
      readonly userId: Id;
      readonly sessions: readonly string[] | { readonly allBut: string | null };
    };
