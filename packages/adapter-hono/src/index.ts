export { type ChatAppOptions, createChatApp } from "./chat-app.ts";
