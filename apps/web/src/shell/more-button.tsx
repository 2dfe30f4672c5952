import { t } from "../texts/texts.ts";

/** Gets the next page of a list; nothing where there is none. */
export const MoreButton = ({
  cursor,
  onMore,
}: {
  readonly cursor: string | null;
  readonly onMore: (cursor: string) => Promise<void>;
}) =>
  cursor !== null && (
    <button type="button" class="button wide" onClick={() => onMore(cursor)}>
      {t().common.more}
    </button>
  );
