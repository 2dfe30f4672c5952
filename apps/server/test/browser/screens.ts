import type { Page } from "playwright-core";
import type { Person } from "../people.ts";
import { messageWith } from "./on-the-page.ts";
import type { Story } from "./story.ts";

/** A screen of the page, as somebody of the story sees it. */
export interface Screen {
  readonly name: string;
  readonly hash: string;
  readonly heading: string;
  /** Something that is only there once all is. */
  readonly ready: (page: Page) => Promise<void>;
}

const empty = async (): Promise<void> => {};

/** Every screen of whoever has a history, and those of somebody new. */
export const screensOf = ({ owner, writer, draftee, busy, newcomer }: Story): ReadonlyMap<Person, readonly Screen[]> =>
  new Map<Person, readonly Screen[]>([
    [
      owner,
      [
        {
          name: "the chats",
          hash: "#/",
          heading: "Chats",
          ready: (page) => page.getByRole("link", { name: new RegExp(writer.username) }).waitFor(),
        },
        {
          name: "a conversation, as the owner",
          hash: `#/with/${writer.id}`,
          heading: writer.username,
          ready: (page) => messageWith(page, "Your assistant").first().waitFor(),
        },
        {
          name: "a conversation with a draft",
          hash: `#/with/${draftee.id}`,
          heading: draftee.username,
          ready: (page) => page.getByRole("button", { name: "Send as it is" }).waitFor(),
        },
        {
          name: "the briefing",
          hash: "#/briefing",
          heading: "Briefing",
          ready: (page) => page.getByRole("heading", { name: "Said for you" }).waitFor(),
        },
        {
          name: "the decisions",
          hash: "#/decisions",
          heading: "Decisions",
          ready: (page) => page.getByText("The model gave no answer: it had an error of its own.").waitFor(),
        },
        {
          name: "the assistant",
          hash: "#/assistant",
          heading: "Assistant",
          ready: (page) => page.getByRole("combobox", { name: `For ${draftee.username}` }).waitFor(),
        },
        {
          name: "the settings",
          hash: "#/settings",
          heading: "Settings",
          ready: (page) => page.getByText("You have blocked nobody.").waitFor(),
        },
      ],
    ],
    [
      writer,
      [
        {
          name: "a conversation, as the writer",
          hash: `#/with/${owner.id}`,
          heading: owner.username,
          ready: (page) => messageWith(page, `${owner.username}'s assistant`).first().waitFor(),
        },
        {
          name: "a conversation with somebody busy",
          hash: `#/with/${busy.id}`,
          heading: busy.username,
          ready: (page) => page.getByRole("region", { name: "Before you write" }).waitFor(),
        },
      ],
    ],
    [
      newcomer,
      [
        {
          name: "no chats yet",
          hash: "#/",
          heading: "Chats",
          ready: (page) => page.getByRole("link", { name: new RegExp(owner.username) }).waitFor(),
        },
        {
          name: "a conversation that begins",
          hash: `#/with/${owner.id}`,
          heading: owner.username,
          ready: (page) => page.getByText("This is the beginning of your conversation").waitFor(),
        },
        {
          name: "nobody there",
          hash: `#/with/${"f".repeat(24)}`,
          heading: "This person cannot be found. Perhaps the account was deleted.",
          ready: empty,
        },
        {
          name: "an empty briefing",
          hash: "#/briefing",
          heading: "Briefing",
          ready: (page) => page.getByText("Nobody wrote while you were busy.").waitFor(),
        },
        {
          name: "no decisions",
          hash: "#/decisions",
          heading: "Decisions",
          ready: (page) => page.getByText("Nothing to decide so far.").waitFor(),
        },
        {
          name: "the settings with a blocked person",
          hash: "#/settings",
          heading: "Settings",
          ready: (page) => page.getByRole("button", { name: `Unblock ${busy.username}` }).waitFor(),
        },
      ],
    ],
  ]);

/** Goes there, and waits until all is there. */
export const openScreen = async (page: Page, { hash, heading, ready }: Screen): Promise<void> => {
  await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
  await page.getByRole("heading", { level: 1, name: heading, exact: true }).waitFor();
  await ready(page);
};
