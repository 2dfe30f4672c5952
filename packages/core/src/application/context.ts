import type { Announcements } from "./announcements.ts";
import type { ChatPorts } from "./chat-ports.ts";
import type { ChatPolicy } from "./policy.ts";
import type { Generate } from "./stand-in/generate.ts";
import type { StandIn } from "./stand-in/stand-in.ts";
import type { Statuses } from "./statuses.ts";

/** What the use cases share: the outside world, the operator's choices, and the parts that more than one of them drives. */
export interface Context {
  readonly ports: ChatPorts;
  readonly policy: ChatPolicy;
  /** Names this process among the nodes. */
  readonly nodeId: string;
  readonly statuses: Statuses;
  readonly announcements: Announcements;
  readonly standIn: StandIn;
  /** Makes what a stand-in says: for the worker, and for previews, over the same providers and breakers. */
  readonly generate: Generate;
}
