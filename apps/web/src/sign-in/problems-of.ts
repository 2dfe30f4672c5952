import { t } from "../texts/texts.ts";

/** What the form holds. */
export interface Account {
  readonly email: string;
  readonly password: string;
  readonly username: string;
}

/** What is wrong with each field, in words that say what to do. A key that is absent is well, and the first is the topmost. */
export type Problems = Partial<Record<keyof Account, string>>;

const shortestPassword = 8;

/** What can be told before the server is asked. It has the last word. */
export const problemsOf = ({ email, password, username }: Account, mode: "in" | "up"): Problems => {
  const texts = t().signIn;
  const short = new TextEncoder().encode(password).length < shortestPassword;
  return {
    ...(mode === "up" && username.trim() === "" && { username: texts.needName }),
    ...(!/^\s*\S+@\S+\s*$/.test(email) && { email: texts.needEmail }),
    ...(mode === "in" && password === "" && { password: texts.needPassword }),
    ...(mode === "up" && short && { password: texts.shortPassword }),
  };
};
