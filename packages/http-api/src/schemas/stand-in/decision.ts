import { z } from "zod";

/** Why the stand-in did or did not answer; `self` and `not-busy` in previews only. */
export const decisionSchema = z
  .enum([
    "answered",
    "notice",
    "suggested",
    "merged",
    "limited",
    "loop",
    "blocked",
    "off",
    "message-only",
    "owner-returned",
    "owner-wrote",
    "owner-silenced",
    "budget",
    "provider-failed",
    "automatic",
    "self",
    "not-busy",
  ])
  .meta({ id: "Decision" });
