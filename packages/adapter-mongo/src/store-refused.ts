/**
 * The store cannot be opened. The message is one or two sentences for an operator: where, what is wrong, what to do; never a password.
 * Recognise it by `name === "StoreRefused"`.
 */
export class StoreRefused extends Error {
  override readonly name = "StoreRefused";
}
