export {
  type AutoResponderCapability,
  type AutoResponderSubject,
  autoResponderContract,
  type ProviderBehaviour,
  providerErrorText,
} from "./contracts/auto-responder.ts";
export { type ClockSubject, clockContract } from "./contracts/clock.ts";
export { type EventPublisherSubject, eventPublisherContract } from "./contracts/event-publisher.ts";
export { type IdGeneratorCapability, type IdGeneratorSubject, idGeneratorContract } from "./contracts/id-generator.ts";
export { messageRepositoryContract } from "./contracts/message-repository.ts";
export type { MessageRepositoryCapability, MessageRepositorySubject } from "./contracts/messages/message-case.ts";
export { type PasswordHasherSubject, passwordHasherContract } from "./contracts/password-hasher.ts";
export {
  type PresenceStoreCapability,
  type PresenceStoreSubject,
  presenceStoreContract,
} from "./contracts/presence-store.ts";
export { type RateLimiterCapability, type RateLimiterSubject, rateLimiterContract } from "./contracts/rate-limiter.ts";
export {
  type RelationRepositoryCapability,
  type RelationRepositorySubject,
  relationRepositoryContract,
} from "./contracts/relation-repository.ts";
export {
  type SessionRepositoryCapability,
  type SessionRepositorySubject,
  sessionRepositoryContract,
} from "./contracts/session-repository.ts";
export { standInRepositoryContract } from "./contracts/stand-in-repository.ts";
export type { StandInRepositoryCapability, StandInRepositorySubject } from "./contracts/stand-ins/stand-in-case.ts";
export { type TimerSubject, timerContract } from "./contracts/timer.ts";
export { type TokenServiceSubject, tokenServiceContract } from "./contracts/token-service.ts";
export { userRepositoryContract } from "./contracts/user-repository.ts";
export type { UserRepositoryCapability, UserRepositorySubject } from "./contracts/users/user-case.ts";
export { createFakeTime, type FakeTime, type FakeTimeOptions, type PendingWork } from "./doubles/fake-time.ts";
export {
  createScriptedResponder,
  hang,
  type ScriptedCall,
  type ScriptedResponder,
  type ScriptedResponderOptions,
  type ScriptStep,
} from "./doubles/scripted-responder.ts";
export {
  type CaseReport,
  type CaseResult,
  type ContractReport,
  checkContract,
  type Verdict,
} from "./engine/check-contract.ts";
export type {
  Another,
  Capability,
  CapabilityDeclaration,
  Contract,
  ContractCase,
  ContractOptions,
  Subject,
} from "./engine/contract.ts";
export type { Limit } from "./engine/declarations.ts";
export { formatReport } from "./engine/format-report.ts";
export { NotShown } from "./engine/not-shown.ts";
export { type Runner, registerContract, type SkipNow } from "./engine/register-contract.ts";
export {
  createDoorHost,
  createReferenceDoor,
  type DoorHost,
  type HttpDoor,
  httpDoorContract,
  httpDoorRows,
  transcribeRow,
} from "./http-door/index.ts";
export { createStagedModel, type ModelAct, type ModelCall, type StagedModel } from "./stand-in-rules/staged-model.ts";
export { standInContract } from "./stand-in-rules/stand-in-contract.ts";
export type { StandInCapability, StandInPorts, StandInSubject } from "./stand-in-rules/stand-in-subject.ts";
