import { signal } from "@preact/signals";
import type { User } from "@standin/client";
import { clearToasts } from "../design/toast.tsx";
import { forgetDrafts } from "../device/drafts.ts";
import { forgetAllSending } from "../device/sending.ts";
import { forgetBriefing } from "./briefings.ts";
import { client } from "./client.ts";
import { showConversations } from "./conversations.ts";
import { sendLeft } from "./sending.ts";
import { forgetWishes } from "./wishes.ts";

/** Why nobody is signed in. `ended`: the session was revoked or has expired. */
type SignedOutReason = "new" | "ended" | "signedOut" | "signedOutEverywhere";

export type Session =
  | { readonly state: "starting" }
  | { readonly state: "out"; readonly reason: SignedOutReason }
  | { readonly state: "in"; readonly me: User };

/** Who uses the page. */
export const session = signal<Session>({ state: "starting" });

/** The person who is signed in. Throws when nobody is: only screens behind the sign-in read it. */
export const myself = (): User => {
  const current = session.value;
  if (current.state !== "in") throw new Error("nobody is signed in");
  return current.me;
};

let leaving: SignedOutReason = "ended";

/** Goes on as whoever was signed in on this device, and follows what becomes of the session. */
export const startSession = async (): Promise<void> => {
  client.on("user", ({ user }) => {
    if (session.value.state === "in" && session.value.me.id === user.id) session.value = { state: "in", me: user };
  });
  client.on("signedOut", ({ reason }) => {
    clearToasts();
    session.value = { state: "out", reason: reason === "requested" ? leaving : "ended" };
    leaving = "ended";
  });
  const me = await client.resume();
  if (me !== null) sendLeft(me.id);
  showConversations();
  session.value = me === null ? { state: "out", reason: "new" } : { state: "in", me };
};

/** Rejects with ClientError. */
export const signIn = async (account: { readonly email: string; readonly password: string }): Promise<void> => {
  const me = await client.signIn(account);
  sendLeft(me.id);
  showConversations();
  session.value = { state: "in", me };
};

/** Rejects with ClientError. */
export const signUp = async (account: {
  readonly email: string;
  readonly password: string;
  readonly username: string;
}): Promise<void> => {
  const me = await client.signUp(account);
  showConversations();
  session.value = { state: "in", me };
};

/**
 * Ends this session, or all of this person's, and removes what the device keeps of them, drafts and wishes included. Rejects with
 * ClientError when `everywhere` cannot be done now.
 */
export const signOut = async (everywhere: boolean): Promise<void> => {
  const { id } = myself();
  leaving = everywhere ? "signedOutEverywhere" : "signedOut";
  try {
    await client.signOut({ everywhere });
  } catch (error) {
    leaving = "ended";
    throw error;
  }
  forgetDrafts(id);
  forgetAllSending(id);
  forgetBriefing(id);
  forgetWishes(id);
};
