/** Every call that waits for the server takes one; an abort rejects with the signal's reason. */
export interface Abortable {
  readonly signal?: AbortSignal;
}
