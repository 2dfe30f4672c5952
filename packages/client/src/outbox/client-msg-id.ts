const digits = "0123456789abcdefghijklmnopqrstuvwxyz";
const randomLength = 16;

/** The last moment that went into an id: ids of one page are ordered as they were made, also when the clock goes back. */
let last = 0;

/** An id for a message, unique without asking anybody, and later ones greater than earlier ones: that keeps the server's index fast. */
export const newClientMsgId = (now: number = Date.now()): string => {
  last = Math.max(now, last + 1);
  const random = crypto.getRandomValues(new Uint8Array(randomLength));
  // 36 does not divide 256; the least bit of bias does no harm to 82 bits.
  const tail = Array.from(random, (byte) => digits[byte % digits.length]).join("");
  return `${last.toString(36).padStart(9, "0")}-${tail}`;
};
