import { type ChatClient, createChatClient } from "@standin/client";
import { indexedDbStorage } from "@standin/client/indexeddb";

/**
 * The one client of this page, at the server that the page came from. What it keeps, the token of the session included, is in
 * IndexedDB: shared by all tabs, there without a connection, room for messages, and removed as a whole at sign-out. A script that could
 * read it there could read it anywhere on the page, which is why the page runs no script but its own.
 */
export const client: ChatClient = createChatClient({ storage: indexedDbStorage() });
