const bearer = /^bearer +([\w.~+/-]+=*)$/i;

/** The token of an `Authorization` header; null for anything that does not bear one. */
export const bearerToken = (authorization: string | undefined): string | null =>
  bearer.exec(authorization?.trim() ?? "")?.[1] ?? null;
