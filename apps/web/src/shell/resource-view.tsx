import type { ComponentChildren } from "preact";
import { connection } from "../chat/connection.ts";
import type { Resource } from "../chat/resource.ts";
import { moment } from "../texts/moments.ts";
import { sentenceFor } from "../texts/sentence-for.ts";
import { t } from "../texts/texts.ts";
import { now } from "./now.ts";

export interface ResourceViewProps<Value> {
  readonly resource: Resource<Value>;
  readonly children: (value: Value) => ComponentChildren;
}

/** Shows an answer of the server's once it is here; before, that it is loading or why not; and of when it is, where it may be old. */
export const ResourceView = <Value,>({ resource, children }: ResourceViewProps<Value>) => {
  const current = resource.state.value;
  const again = (
    <button type="button" class="button small" onClick={resource.read}>
      {t().common.retry}
    </button>
  );
  if (current.state === "loading")
    return (
      <p class="muted" role="status">
        {t().common.loading}
      </p>
    );
  if (current.state === "failed")
    return (
      <div class="note danger" role="alert">
        <p>{sentenceFor(current.error)}</p>
        {again}
      </div>
    );
  const { value, at, stale } = current;
  return (
    <>
      {(stale || connection.value === "offline") && (
        <div class="note" role="status">
          <p>{t().connection.asOf(moment(at, now.value))}</p>
          {again}
        </div>
      )}
      {children(value)}
    </>
  );
};
