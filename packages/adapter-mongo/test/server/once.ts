import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const holderOf = (lock: string): number => {
  try {
    return Number(readFileSync(join(lock, "pid"), "utf8"));
  } catch {
    return 0;
  }
};

/** Runs the work while nobody else runs work under this lock, in any process. What a process that died held is free again. */
export const withLock = async <T>(lock: string, work: () => Promise<T>): Promise<T> => {
  for (let tries = 0; ; tries += 1) {
    try {
      mkdirSync(lock);
      break;
    } catch {
      const holder = holderOf(lock);
      // Without a pid it is being taken this very moment, unless that lasts.
      if (holder > 0 ? !isAlive(holder) : tries > 50) rmSync(lock, { recursive: true, force: true });
      else await wait(100);
    }
  }
  try {
    writeFileSync(join(lock, "pid"), String(process.pid));
    return await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
};
