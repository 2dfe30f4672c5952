/** Why the server did not start or a command did nothing, in sentences for the operator, and with which exit code. */
export class StartRefused extends Error {
  override readonly name = "StartRefused";
  /** Of the process; see {@link exitCodes}. */
  readonly exitCode: number;

  constructor(message: string, exitCode: number = exitCodes.configuration, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

/** What the exit codes of the process mean; the numbers are those of sysexits.h where it has one. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 64,
  configuration: 78,
} as const;
