// Small things that this device keeps as text. `localStorage`, because it is there at once when the page starts, and because a
// change in one tab is told to the others.

const prefix = "standin.";

/** What was kept under the name, or null. A browser that forbids keeping anything has nothing. */
export const kept = (name: string): string | null => {
  try {
    return localStorage.getItem(prefix + name);
  } catch {
    return null;
  }
};

/** Keeps the text, or forgets it when it is null. A full or forbidden storage keeps nothing and harms nothing. */
export const keep = (name: string, text: string | null): void => {
  try {
    if (text === null) localStorage.removeItem(prefix + name);
    else localStorage.setItem(prefix + name, text);
  } catch {
    // The page works on without it, until it is closed.
  }
};

/** The names under which something is kept that begin so. */
export const keptNames = (beginning: string): readonly string[] => {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix + beginning))
      .map((key) => key.slice(prefix.length));
  } catch {
    return [];
  }
};
