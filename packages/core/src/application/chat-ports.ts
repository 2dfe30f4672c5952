import type {
  AutoResponder,
  Clock,
  EventPublisher,
  IdGenerator,
  Logger,
  MessageRepository,
  PasswordHasher,
  PresenceStore,
  RateLimiter,
  RelationRepository,
  SessionRepository,
  StandInRepository,
  Timer,
  TokenService,
  UserRepository,
} from "../ports/index.ts";

/** Everything the chat needs from outside. */
export interface ChatPorts {
  readonly users: UserRepository;
  readonly sessions: SessionRepository;
  readonly messages: MessageRepository;
  readonly relations: RelationRepository;
  readonly standIns: StandInRepository;
  readonly presence: PresenceStore;
  readonly events: EventPublisher;
  readonly hasher: PasswordHasher;
  readonly tokens: TokenService;
  readonly limiter: RateLimiter;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly ids: IdGenerator;
  readonly logger: Logger;
  /** The models that write for people who are BUSY, in the order in which they are asked; without any the fixed text answers. */
  readonly responders?: readonly AutoResponder[];
}
