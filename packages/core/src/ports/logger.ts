/** Where the software speaks to its operator. Never given a password, a token or the text of a message. */
export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  /** `fields.err` holds the error, if there is one. */
  error(fields: object, message: string): void;
}
