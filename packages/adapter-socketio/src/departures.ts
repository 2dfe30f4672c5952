import type { Timer } from "@standin/core/ports";
import type { Connection } from "./connection.ts";

const waves = 10;

/** Resolves after `ms`. */
export const pause = (timer: Timer, ms: number): Promise<void> => new Promise((resolve) => timer.after(ms, resolve));

/**
 * Tells every client when to come back, each at another moment of the window, and closes the sockets in waves over the same window:
 * neither this process nor the next one meets everybody at once. Resolves after the last wave.
 */
export const sendAway = async (connections: readonly Connection[], timer: Timer, windowMs: number): Promise<void> => {
  for (const { socket } of connections) {
    socket.emit("draining", { retryAfterMs: Math.floor(Math.random() * windowMs) });
  }
  const perWave = Math.ceil(connections.length / waves);
  for (let start = 0; start < connections.length; start += perWave) {
    await pause(timer, windowMs / waves);
    for (const connection of connections.slice(start, start + perWave)) connection.leave();
  }
};
