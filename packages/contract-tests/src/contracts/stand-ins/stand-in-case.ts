import type { StandInRepository } from "@standin/core/ports";
import type { ContractCase, Subject } from "../../engine/contract.ts";

export type StandInRepositorySubject = Subject<StandInRepository>;
/** `durable`: what was stored is there after a restart. `concurrentWriters`: racing writers do not get more than the rule allows. */
export type StandInRepositoryCapability = "durable" | "concurrentWriters";
export type StandInCase = ContractCase<StandInRepositorySubject, StandInRepositoryCapability>;

/** A UTC day on which budgets are counted. */
export const today = "2026-01-15";
