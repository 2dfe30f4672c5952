/**
 * The store cannot be opened, and nothing was changed. The message is one or two sentences for an operator: which file, what is wrong with it, what to do.
 * Recognise it by `name === "StoreRefused"`.
 */
export class StoreRefused extends Error {
  override readonly name = "StoreRefused";
  /** The file in question. */
  readonly path: string;

  constructor(path: string, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.path = path;
  }
}
