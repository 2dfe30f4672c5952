import type { Route } from "../routes/route.ts";
import { routes } from "../routes/routes.ts";

/** The routes at one path, by method. */
interface Place {
  readonly segments: readonly string[];
  readonly methods: ReadonlyMap<string, Route>;
}

export interface Match {
  /** undefined: the path is one of the API's, the method is not. */
  readonly route: Route | undefined;
  readonly params: Readonly<Record<string, string>>;
  /** Every method that the path takes. */
  readonly methods: readonly string[];
}

const places: readonly Place[] = [...Map.groupBy(routes, ({ path }) => path)].map(([path, group]) => ({
  segments: path.split("/"),
  methods: new Map(group.map((route) => [route.method, route])),
}));

const decode = (segment: string): string | null => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
};

/** The values of a pattern's names in a path, or null where the two do not agree. */
const paramsOf = (pattern: readonly string[], path: readonly string[]): Record<string, string> | null => {
  if (pattern.length !== path.length) return null;
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const found = path[index] ?? "";
    if (!expected.startsWith(":")) {
      if (found !== expected) return null;
      continue;
    }
    const value = decode(found);
    if (value === null || value === "") return null;
    params[expected.slice(1)] = value;
  }
  return params;
};

/** What the API has at a path, in either spelling; null: nothing, so the path may be the host's. HEAD counts as GET. */
export const matchRoute = (method: string, path: string): Match | null => {
  const segments = (path.startsWith("/api/") ? path.slice(4) : path).split("/");
  for (const place of places) {
    const params = paramsOf(place.segments, segments);
    if (params === null) continue;
    const methods = [...place.methods.keys()];
    return {
      route: place.methods.get(method === "HEAD" ? "GET" : method),
      params,
      methods: place.methods.has("GET") ? [...methods, "HEAD"] : methods,
    };
  }
  return null;
};
