import { DatabaseSync, type SQLInputValue } from "node:sqlite";

/** Values by position, or one object of values by name. */
type Params = readonly SQLInputValue[] | readonly [Readonly<Record<string, SQLInputValue>>];

/** A prepared statement whose rows have the shape `Row`. Rows have no prototype: only the files in `rows/` read them. */
export interface Statement<Row> {
  get(...params: Params): Row | undefined;
  all(...params: Params): readonly Row[];
  /** Returns how many rows changed. */
  run(...params: Params): number;
}

/** One connection. Everything throws what the driver throws. */
export interface Database {
  prepare<Row = never>(sql: string): Statement<Row>;
  /** Runs statements that answer nothing. */
  exec(sql: string): void;
  /** The text of every statement prepared so far. */
  statements(): readonly string[];
  inTransaction(): boolean;
  close(): void;
}

/** Sorts after every text: SQLite puts blobs behind texts. The upper bound of a range that has none. */
export const afterAllText: Uint8Array = new Uint8Array(0);

/** Opens the file as it is. A held lock is never waited for: that would stop the whole process. */
export const connect = (file: string | URL, options: { readonly readOnly?: boolean } = {}): Database => {
  const database = new DatabaseSync(file, { readOnly: options.readOnly ?? false, timeout: 0 });
  const statements: string[] = [];
  return {
    prepare<Row>(sql: string): Statement<Row> {
      const statement = database.prepare(sql);
      statements.push(sql);
      return {
        get: (...params) => statement.get(...(params as SQLInputValue[])) as Row | undefined,
        all: (...params) => statement.all(...(params as SQLInputValue[])) as Row[],
        run: (...params) => Number(statement.run(...(params as SQLInputValue[])).changes),
      };
    },
    exec: (sql) => database.exec(sql),
    statements: () => [...statements],
    inTransaction: () => database.isTransaction,
    close: () => database.close(),
  };
};

/** The number that a pragma such as `user_version` answers. */
export const readPragma = (database: Database, name: string): number => {
  const row = database.prepare<Record<string, number>>(`PRAGMA ${name}`).get();
  return row?.[name] ?? 0;
};
