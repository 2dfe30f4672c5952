import type { ComponentChildren } from "preact";

interface IconProps {
  readonly children: ComponentChildren;
  readonly size?: number;
}

/** Drawn with a line of one width on a grid of 24; decoration only, the words beside them say what they mean. */
const Icon = ({ children, size = 20 }: IconProps) => (
  <svg
    width={size}
    height={size}
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="2"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
    focusable="false"
  >
    {children}
  </svg>
);

type Props = Omit<IconProps, "children">;

export const ChatsIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M8 5h9a3 3 0 0 1 3 3v5a3 3 0 0 1-3 3h-5l-5 4v-4.200A3 3 0 0 1 5 13V8a3 3 0 0 1 3-3z" />
  </Icon>
);

export const BriefingIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M6 4h9l4 4v12H6z M14.500 4v4.500H19 M9 13h6 M9 16.500h4" />
  </Icon>
);

export const AssistantIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M12 3.500l1.900 5.100 5.100 1.900-5.100 1.900L12 17.500l-1.900-5.100L5 10.500l5.100-1.900z M18.500 16v4 M16.500 18h4" />
  </Icon>
);

export const SettingsIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M4 7h9 M17 7h3 M4 12h3 M11 12h9 M4 17h11 M19 17h1" />
    <circle cx="15" cy="7" r="2" />
    <circle cx="9" cy="12" r="2" />
    <circle cx="17" cy="17" r="2" />
  </Icon>
);

export const BackIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M15 5l-7 7 7 7" />
  </Icon>
);

export const CloseIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M6 6l12 12 M18 6L6 18" />
  </Icon>
);

export const MoreIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M12 5.500v.01 M12 12v.01 M12 18.500v.01" stroke-width="3" />
  </Icon>
);

export const SendIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M12 19V5 M6 11l6-6 6 6" />
  </Icon>
);

export const DownIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M12 5v14 M6 13l6 6 6-6" />
  </Icon>
);

export const SearchIcon = (props: Props) => (
  <Icon {...props}>
    <circle cx="11" cy="11" r="6" />
    <path d="M15.500 15.500L20 20" />
  </Icon>
);

export const ClockIcon = (props: Props) => (
  <Icon {...props}>
    <circle cx="12" cy="12" r="8" />
    <path d="M12 7.500V12l3 2" />
  </Icon>
);

export const SentIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M5 12.500l4.500 4.500L19 7.500" />
  </Icon>
);

export const ReadIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M2.500 12.500L7 17l9.500-9.500 M12 16.500l.5.500L22 7.500" />
  </Icon>
);

export const WarningIcon = (props: Props) => (
  <Icon {...props}>
    <circle cx="12" cy="12" r="8.500" />
    <path d="M12 7.500v5.500 M12 16.300v.01" />
  </Icon>
);

export const OfflineIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M4 4l16 16 M8.500 16.500a5 5 0 0 1 7 0 M5 12.700a10 10 0 0 1 4.600-2.600 M19 12.700a10 10 0 0 0-4.400-2.500 M2 9a15 15 0 0 1 4-2.600 M22 9A15 15 0 0 0 11 5.100 M12 20v.01" />
  </Icon>
);

export const ReplyIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M9 7L4 12l5 5 M4 12h9a6 6 0 0 1 6 6v1" />
  </Icon>
);

export const UrgentIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M6 17h12l-1.500-2.500V11a4.500 4.500 0 0 0-9 0v3.500z M10.500 20h3 M12 3.500V5" />
  </Icon>
);
