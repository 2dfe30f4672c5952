/** What a busy person's stand-in is called (R13). */
export const labelOf = (username: string): string => `${username}'s assistant`;

/** What is stored: stock clients show nothing but the content, so the label stands in it (R13). */
export const labelled = (label: string, text: string): string => `${label}: ${text}`;
