import type { Session } from "@standin/core/ports";

/** A row of the table `sessions`. */
export interface SessionRow {
  readonly id: string;
  readonly user: string;
  readonly created_at: number;
  readonly expires_at: number;
}

export const sessionColumns: readonly (keyof SessionRow)[] = ["id", "user", "created_at", "expires_at"];

export const sessionFrom = (row: SessionRow): Session => ({
  id: row.id,
  userId: row.user,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
});

export const sessionRow = (session: Session): SessionRow => ({
  id: session.id,
  user: session.userId,
  created_at: session.createdAt,
  expires_at: session.expiresAt,
});
