import type { RateRule } from "../ports/index.ts";

/** Sizes and rates of the documented API, in one place. */
export const sizes = {
  message: 4_000,
  passwordMinBytes: 8,
  passwordMaxBytes: 256,
  username: 50,
  email: 254,
  clientMsgId: 64,
  busyNote: 200,
  busyDays: 365,
  query: 50,
  pageMax: 1_000,
  pageDefault: 100,
  people: 1_000,
  noticeText: 500,
  factsText: 1_000,
  factsLinks: 5,
  factsLink: 2_000,
  waitSeconds: 600,
  answersPerPeriod: 20,
  briefingDays: 90,
  briefingPage: 50,
} as const;

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

export type RuleName =
  | "signInAccountAddress"
  | "signInAddress"
  | "signInAccount"
  | "signUp"
  | "messages"
  | "typing"
  | "calls"
  | "preview";

export const rules: Readonly<Record<RuleName, RateRule>> = {
  /** Wrong passwords, per account and address. */
  signInAccountAddress: { name: "sign-in-account-address", limit: 10, windowMs: 15 * minute },
  /** Wrong passwords, per address. */
  signInAddress: { name: "sign-in-address", limit: 50, windowMs: 15 * minute },
  /** Wrong passwords, per account, only from addresses from which the account never signed in: nobody can lock a person out. */
  signInAccount: { name: "sign-in-account", limit: 100, windowMs: hour },
  signUp: { name: "sign-up", limit: 20, windowMs: hour },
  messages: { name: "messages", limit: 20, windowMs: second, burst: 60 },
  typing: { name: "typing", limit: 5, windowMs: second },
  calls: { name: "calls", limit: 50, windowMs: second },
  /** Previews cost provider calls. */
  preview: { name: "preview", limit: 10, windowMs: minute },
};
