/** The body of a response as text, or null, and the connection closed, when it has more bytes than `limit` after decompression. */
export const textAtMost = async (response: Response, limit: number): Promise<string | null> => {
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = "";
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > limit) return null;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
};
