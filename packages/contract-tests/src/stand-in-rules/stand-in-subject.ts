import type { ChatPorts, createChat } from "@standin/core";
import type { ContractCase, Subject } from "../engine/contract.ts";
import type { StagedModel } from "./staged-model.ts";

/** What the stand-in keeps its word over: the five repositories of one store. */
export type StandInPorts = Pick<ChatPorts, "users" | "sessions" | "relations" | "messages" | "standIns">;

export interface StandInSubject extends Subject<StandInPorts> {
  /** The model that answers where a case needs one. Default: the suite's own. */
  readonly model?: StagedModel;
  /** Makes the chat over the ports. Default: that of the core. */
  readonly createChat?: typeof createChat;
}

/** `model`: there is a model that answers. */
export type StandInCapability = "model";
export type StandInRuleCase = ContractCase<StandInSubject, StandInCapability>;
