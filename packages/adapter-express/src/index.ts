export { createChatRouter } from "./chat-router.ts";
