import { eventually } from "./eventually.ts";
import { history, type Json, type Person, send, setStatus, signUp } from "./people.ts";

/** Somebody writes to somebody who is BUSY, over HTTP; what that person's assistant answered. */
export const answerOfBusyPerson = async (
  url: string,
): Promise<{ readonly writer: Person; readonly owner: Person; readonly answer: Json }> => {
  const [writer, owner] = [await signUp(url, "writer"), await signUp(url, "owner")];
  await setStatus(url, owner, { status: "BUSY" });
  await send(url, writer, owner, "When will you be back?");
  const [, answer] = await eventually(
    () => history(url, writer, owner),
    (messages) => messages.length === 2,
  );
  return { writer, owner, answer };
};
