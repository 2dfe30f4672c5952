/** Should this process be sent new work? What `/readyz` answers. */
export interface Readiness {
  readonly ready: () => boolean;
  /** The server listens. */
  begin(): void;
  /** The server is about to stop; it never becomes ready again. */
  end(): void;
}

/** Not ready until {@link Readiness.begin}. */
export const createReadiness = (): Readiness => {
  let state: "starting" | "ready" | "stopping" = "starting";
  return {
    ready: () => state === "ready",
    begin: () => {
      if (state === "starting") state = "ready";
    },
    end: () => {
      state = "stopping";
    },
  };
};
