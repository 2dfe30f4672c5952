import { accountRoutes } from "./account.ts";
import { messageRoutes } from "./messages.ts";
import { operationRoutes } from "./operation.ts";
import { peopleRoutes } from "./people.ts";
import type { Route } from "./route.ts";
import { standInRoutes } from "./stand-in.ts";

/** Routes that belong together, for the documentation. */
export interface RouteGroup {
  readonly name: string;
  readonly description: string;
  readonly routes: readonly Route[];
}

/** The whole HTTP API, by what it is about. */
export const routeGroups: readonly RouteGroup[] = [
  { name: "account", description: "Accounts and their sessions", routes: accountRoutes },
  { name: "people", description: "The other people, the caller's own status, and blocks", routes: peopleRoutes },
  { name: "messages", description: "Conversations: writing, reading, and how far one has read", routes: messageRoutes },
  {
    name: "stand-in",
    description: "The assistant: its owner's settings, briefing and drafts, and what a writer may ask of it",
    routes: standInRoutes,
  },
  { name: "operation", description: "For whoever runs the server", routes: operationRoutes },
];

/** The whole HTTP API. Every door answers what stands here, and nothing else. */
export const routes: readonly Route[] = routeGroups.flatMap((group) => group.routes);
