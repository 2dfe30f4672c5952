/** A fetch whose answers to some requests are kept back, after the server gave them, until the gate is opened. */
export interface GatedFetch {
  readonly fetch: typeof fetch;
  /** Keeps back answers to requests with this text in their address. */
  close(text: string): void;
  /** How many are kept back now. */
  waiting(): number;
  open(): void;
}

export const gatedFetch = (): GatedFetch => {
  let text: string | null = null;
  let waiting: (() => void)[] = [];
  return {
    fetch: async (input, init) => {
      const response = await fetch(input, init);
      if (text === null || !String(input).includes(text)) return response;
      // All of it is here already, so that no abort can still break it off.
      const { status, headers } = response;
      const body = await response.text();
      await new Promise<void>((resolve) => waiting.push(resolve));
      return new Response(body, { status, headers });
    },
    close: (wanted) => {
      text = wanted;
    },
    waiting: () => waiting.length,
    open: () => {
      text = null;
      for (const go of waiting) go();
      waiting = [];
    },
  };
};
