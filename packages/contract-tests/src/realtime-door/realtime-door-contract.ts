import type { Contract } from "../engine/contract.ts";
import { works } from "../expectations.ts";
import { documentedCases } from "./cases/documented.ts";
import { hostileCases } from "./cases/hostile.ts";
import { identityCases } from "./cases/identity.ts";
import { originCases } from "./cases/origins.ts";
import { pushCases } from "./cases/pushes.ts";
import { sessionCases } from "./cases/sessions.ts";
import { standInCases } from "./cases/stand-in.ts";
import { statusCases } from "./cases/statuses.ts";
import type { RealtimeDoorCapability, RealtimeDoorSubject } from "./realtime-door.ts";
import { canPoll } from "./scene.ts";

/**
 * The realtime API over a real port, in front of a real chat: what stock Socket.IO clients send, are answered and are told.
 *
 * @example
 * testContract(realtimeDoorContract, {
 *   name: "my server",
 *   capabilities: { polling: { unsupported: "clients of this server all have WebSockets" } },
 *   create: async () => {
 *     const { options, pass, dispose } = await createRealtimeHost();
 *     const server = await listenWithMyServer(options);
 *     return {
 *       port: { url: server.url, chat: options.chat, pass },
 *       dispose: async () => { await server.close(); await dispose(); },
 *     };
 *   },
 * });
 */
export const realtimeDoorContract: Contract<RealtimeDoorSubject, RealtimeDoorCapability> = {
  id: "realtime-door",
  version: 1,
  title: "Realtime door",
  capabilities: {
    polling: {
      about: "Clients may come by HTTP long polling, and change to a WebSocket when they can.",
      probe: ({ port }) => works(canPoll(port)),
    },
  },
  cases: [
    ...documentedCases,
    ...identityCases,
    ...pushCases,
    ...statusCases,
    ...sessionCases,
    ...hostileCases,
    ...originCases,
    ...standInCases,
  ],
};
