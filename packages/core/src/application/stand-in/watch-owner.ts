import type { User } from "../../domain/index.ts";
import type { ChatPorts } from "../chat-ports.ts";
import { type Repeated, repeat } from "../repeat.ts";
import { isBusy } from "./decide.ts";

/** How often the owner is looked at, for what changed on other nodes, in milliseconds. */
const lookMs = 1_000;

/**
 * Calls `gone` once `owner`, who is BUSY now, no longer is in the same period, whichever way that came about: an end that they gave passes without
 * anybody doing anything, so nobody tells (R19).
 */
export const watchOwner = (
  ports: Pick<ChatPorts, "users" | "clock" | "timer" | "logger">,
  owner: User,
  gone: () => void,
): Repeated => {
  const { users, clock } = ports;
  const untilLook = ({ declared }: User): number =>
    declared.word === "BUSY" && declared.until !== null
      ? Math.min(lookMs, Math.max(0, declared.until - clock.now()))
      : lookMs;
  let pauseMs = untilLook(owner);
  const look = async (): Promise<void> => {
    pauseMs = lookMs;
    const user = await users.find(owner.id);
    if (!isBusy(user, owner.period, clock.now())) return gone();
    pauseMs = untilLook(user);
  };
  return repeat(ports, () => pauseMs, "look whether an owner is still busy", look);
};
