import type { ComponentChildren } from "preact";
import { linksIn } from "./links-in.ts";

/** Text as it was written, with its web addresses as links. Whatever it looks like, it is never mark-up. */
export const LinkedText = ({ text }: { readonly text: string }) => {
  const parts: ComponentChildren[] = [];
  let end = 0;
  for (const { start, href } of linksIn(text)) {
    parts.push(text.slice(end, start));
    parts.push(
      <a href={href} target="_blank" rel="noopener noreferrer nofollow">
        {text.slice(start, start + href.length)}
      </a>,
    );
    end = start + href.length;
  }
  parts.push(text.slice(end));
  return (
    <p class="text" dir="auto">
      {parts}
    </p>
  );
};
