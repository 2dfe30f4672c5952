import { ChatError } from "@standin/core/ports";
import type { Socket } from "socket.io";

/**
 * The token that a handshake bears: `auth.token`, else an `Authorization: Bearer` header. null: neither, so the client means to log
 * in with `userLoggedIn`. UNAUTHORIZED when there is something in the token's place that is not one.
 */
export const handshakeToken = ({ auth, headers }: Pick<Socket["handshake"], "auth" | "headers">): string | null => {
  const { token }: { readonly token?: unknown } = auth;
  if (typeof token === "string" && token !== "") return token;
  if (token !== undefined && token !== null && token !== "") throw new ChatError("UNAUTHORIZED");
  const header = headers.authorization;
  // Another scheme is not for us: it may be for a proxy on the way.
  return header !== undefined && /^bearer /i.test(header) ? header.slice("bearer ".length).trim() : null;
};
