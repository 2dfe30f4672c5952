export { type ErrorEntry, type ErrorJson, errorSchema, errorTable, toErrorJson } from "./errors.ts";
export * from "./events/index.ts";
export type { Method, Route, RouteCall } from "./routes/route.ts";
export { routes } from "./routes/routes.ts";
export {
  changePasswordSchema,
  signedInSchema,
  signedUpSchema,
  signInSchema,
  signOutSchema,
  signUpSchema,
} from "./schemas/account.ts";
export {
  blocksSchema,
  type ConversationsJson,
  conversationsSchema,
  doneSchema,
  healthSchema,
  type MessagesJson,
  messagesSchema,
  type ReadPositionJson,
  readPositionSchema,
  sentSchema,
  toConversationsJson,
  toMessagesJson,
  toReadPositionJson,
  toUsersJson,
  type UsersJson,
  usersSchema,
} from "./schemas/answers.ts";
export { givenInstant, idJsonSchema, idSchema, instantSchema, toInstantJson, toInstantOrNull } from "./schemas/ids.ts";
export {
  clientMsgIdSchema,
  generatorSchema,
  type MessageJson,
  markReadSchema,
  messageSchema,
  sendMessageSchema,
  toMessageJson,
  verdictSchema,
} from "./schemas/message.ts";
export { messagesQuerySchema, pageQuerySchema, usersQuerySchema } from "./schemas/paging.ts";
export {
  type BriefingJson,
  briefingQuerySchema,
  briefingSchema,
  toBriefingJson,
} from "./schemas/stand-in/briefing.ts";
export { decisionSchema } from "./schemas/stand-in/decision.ts";
export { type DecisionsJson, decisionsSchema, toDecisionsJson } from "./schemas/stand-in/decisions.ts";
export { previewRequestSchema, previewSchema } from "./schemas/stand-in/preview.ts";
export { standInRequestSchema } from "./schemas/stand-in/request.ts";
export { modeSchema, type SettingsJson, settingsSchema, toSettingsJson } from "./schemas/stand-in/settings.ts";
export { settingsPatchSchema } from "./schemas/stand-in/settings-patch.ts";
export {
  type SuggestionJson,
  type SuggestionsJson,
  suggestionSchema,
  suggestionsSchema,
  toSuggestionJson,
  toSuggestionsJson,
} from "./schemas/stand-in/suggestions.ts";
export { judgedSchema, judgeSchema } from "./schemas/stand-in/verdict.ts";
export { noteSchema, statusSchema, untilSchema, updateStatusSchema } from "./schemas/status.ts";
export { filledText, shortText, text, trimmedText, wholeNumber } from "./schemas/text.ts";
export { toUserJson, type UserJson, userSchema } from "./schemas/user.ts";
