import type { UserRepository } from "@standin/core/ports";
import type { ContractCase, Subject } from "../../engine/contract.ts";

export type UserRepositorySubject = Subject<UserRepository>;
/** `durable`: what was stored is there after a restart. `concurrentWriters`: racing writers do not lose each other's changes. */
export type UserRepositoryCapability = "durable" | "concurrentWriters";
export type UserCase = ContractCase<UserRepositorySubject, UserRepositoryCapability>;
