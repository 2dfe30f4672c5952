import type { ClientStorage } from "./storage.ts";

/** A storage that answers in time, or rejects. */
export interface PatientStorage extends ClientStorage {
  /** Did it do what it was asked for the last time? */
  readonly isWorking: boolean;
}

/**
 * Makes a storage answer in time. Once it was waited for in vain, nothing is waited for until it has answered after all; what it is to
 * do, it is told all the same.
 */
export const patientStorage = (storage: ClientStorage, patienceMs: number): PatientStorage => {
  let isWorking = true;
  /** Questions that were given up and have no answer yet. */
  let unanswered = 0;

  const inTime = <Value>(ask: () => Promise<Value>): Promise<Value> =>
    new Promise((resolve, reject) => {
      let isGivenUp = false;
      const fail = (error: unknown): void => {
        isWorking = false;
        reject(error);
      };
      const giveUp = (): void => {
        isGivenUp = true;
        unanswered += 1;
        fail(new Error("The device's storage does not answer"));
      };
      const timer = setTimeout(giveUp, patienceMs);
      if (unanswered > 0) giveUp();
      const answered = (): void => {
        clearTimeout(timer);
        if (isGivenUp) unanswered -= 1;
      };
      // A storage may also throw where it should reject.
      (async () => ask())().then(
        (value) => {
          answered();
          isWorking = true;
          resolve(value);
        },
        (error: unknown) => {
          answered();
          fail(error);
        },
      );
      if (isGivenUp) clearTimeout(timer);
    });

  return {
    get isWorking() {
      return isWorking;
    },
    read: (key) => inTime(() => storage.read(key)),
    list: (prefix) => inTime(() => storage.list(prefix)),
    write: (change, whileKey) => inTime(() => storage.write(change, whileKey)),
  };
};
