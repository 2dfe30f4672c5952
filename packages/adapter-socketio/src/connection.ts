import type { Caller, Chat } from "@standin/core";
import { ChatError, type Clock, type Logger, type Timer } from "@standin/core/ports";
import type { Socket } from "socket.io";
import { rooms } from "./rooms.ts";

/** How long a socket may stay without logging in. */
const logInWithinMs = 10_000;

export interface ConnectionOptions {
  readonly chat: Chat;
  readonly timer: Timer;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** One socket from connect to disconnect: who it belongs to, for how long, and the lease that stands on it. */
export class Connection {
  /** Also the id of the lease: unguessable, and unique over all nodes. */
  readonly id: string;
  readonly socket: Socket;
  readonly #options: ConnectionOptions;
  #caller: Caller | null = null;
  #leaseOpened: Promise<unknown> | null = null;
  #sessionEnded = false;
  #cancelDeadline: () => void;
  #loggingIn: Promise<unknown> | null = null;
  #underWay = 0;
  #leaving = false;
  #tellGone: () => void = () => undefined;
  /** Settles once the socket is gone and its lease with it. */
  readonly gone: Promise<void> = new Promise((resolve) => {
    this.#tellGone = resolve;
  });

  constructor(socket: Socket, options: ConnectionOptions) {
    this.id = socket.id;
    this.socket = socket;
    this.#options = options;
    this.#cancelDeadline = options.timer.after(logInWithinMs, () => this.close());
    socket.once("disconnect", () => this.#onDisconnect());
  }

  /** Who is logged in; null: nobody yet. */
  get caller(): Caller | null {
    return this.#caller;
  }

  /** Settles once the log-in that is under way is over, well or badly; null: none is. What arrives meanwhile waits for it. */
  get loggingIn(): Promise<unknown> | null {
    return this.#loggingIn;
  }

  /** Binds the socket to the person whom a token proved. From here on it gets that person's events. Rejects with ChatError. */
  logIn(proof: Promise<Caller>): Promise<Caller> {
    const under = this.#logIn(proof).finally(() => {
      this.#loggingIn = null;
    });
    this.#loggingIn = under.catch(() => undefined);
    return under;
  }

  async #logIn(proof: Promise<Caller>): Promise<Caller> {
    const { chat } = this.#options;
    const caller = await proof;
    const ownRooms = [rooms.people, rooms.user(caller.userId), rooms.session(caller.sessionId)];
    this.#caller = caller;
    // In the rooms first: opening the lease looks at the session once more, and one that ends after that finds this socket here.
    await this.socket.join(ownRooms);
    this.#setDeadline(caller.expiresAt - this.#options.clock.now());
    try {
      // A socket that went away just now has ended its lease already: it must not get one after that.
      if (!this.socket.connected) throw new ChatError("UNAUTHORIZED");
      this.#leaseOpened = chat.connections.open(caller, this.id);
      await this.#leaseOpened;
    } catch (error) {
      this.#leaseOpened = null;
      this.#caller = null;
      for (const room of ownRooms) await this.socket.leave(room);
      this.#setDeadline(logInWithinMs);
      throw error;
    }
    return caller;
  }

  /** How many of the client's events are being carried out. */
  get underWay(): number {
    return this.#underWay;
  }

  /** An event arrived. */
  begin(): void {
    this.#underWay += 1;
  }

  /** An event was answered. */
  end(): void {
    this.#underWay -= 1;
    this.#leaveIfIdle();
  }

  /** Closes the transport after the answers that the client waits for; a stock client comes back by itself. */
  leave(): void {
    this.#leaving = true;
    this.#leaveIfIdle();
  }

  #leaveIfIdle(): void {
    if (this.#leaving && this.#underWay === 0) this.socket.conn.close();
  }

  /** The session behind the socket ended: the socket closes now, and its lease without grace. */
  endSession(): void {
    this.#sessionEnded = true;
    this.close();
  }

  /** Ends the socket for good: a stock client does not come back by itself. */
  close(): void {
    this.socket.disconnect(true);
  }

  #setDeadline(ms: number): void {
    this.#cancelDeadline();
    if (this.socket.connected) this.#cancelDeadline = this.#options.timer.after(ms, () => this.close());
  }

  #onDisconnect(): void {
    this.#cancelDeadline();
    void this.#endLease();
  }

  async #endLease(): Promise<void> {
    const { chat, logger } = this.#options;
    // A lease that is being opened must exist before it can be ended.
    try {
      if (this.#leaseOpened === null) return;
      await this.#leaseOpened;
      await chat.connections.close(this.id, { atOnce: this.#sessionEnded });
    } catch (err) {
      logger.warn({ err, connectionId: this.id }, "A connection's lease could not be ended; it will lapse");
    } finally {
      this.#tellGone();
    }
  }
}
