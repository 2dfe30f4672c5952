import type { Caller, Chat, Via } from "@standin/core";
import type { z } from "zod";

/** What an event's call is given: everything in it is checked. */
export interface EventCall<Payload extends z.ZodObject = z.ZodObject> {
  readonly chat: Chat;
  readonly caller: Caller;
  readonly payload: z.output<Payload>;
  /** The connection that it came through. */
  readonly via: Via;
}

/** One event that a client may send, as data: all that a transport, a document or a client needs to know of it. */
export interface ClientEvent<Payload extends z.ZodObject = z.ZodObject, Answer extends z.ZodObject = z.ZodObject> {
  readonly event: string;
  /** What it asks for, in a few words, for the documentation. */
  readonly summary: string;
  /** The payload's known fields; others are ignored. */
  readonly payload: Payload;
  /** The documented sentence for a required field that is missing or ill-formed; absent: the field is named. */
  readonly invalidMessage?: string;
  /** Only `userLoggedIn` may come before anybody is logged in. */
  readonly needsLogin: boolean;
  /** `calls`: it counts against the caller's general limit. `none`: a limit of its own covers it. */
  readonly limit: "calls" | "none";
  /** The event that carries the answer when the client asked for no acknowledgement; null: there is no answer then. */
  readonly answerEvent: "messageResponse" | "messages" | null;
  /** What the answer is on success. */
  readonly answer: Answer;
  /** Events of one socket and one lane are carried out one after another, as they arrive. Absent: they need no order. */
  lane?(payload: z.output<Payload>): string;
  /** Carries it out. Rejects with a ChatError. */
  call(call: EventCall<Payload>): Promise<z.input<Answer>>;
}

/** Checks an event's parts against each other and forgets their types, so that all events fit into one table. */
export const defineClientEvent = <Payload extends z.ZodObject, Answer extends z.ZodObject>(
  event: ClientEvent<Payload, Answer>,
): ClientEvent => event as unknown as ClientEvent;
