import { initialsOf } from "./initials.ts";

const tints = 7;

/** Always the same tint for the same person; ids end in random digits. */
const tintOf = (id: string): number => Number.parseInt(id.slice(-6), 16) % tints || 0;

export interface AvatarProps {
  readonly id: string;
  readonly name: string;
  readonly tiny?: boolean;
}

/** A disc with initials, for eyes only: the name stands beside it. */
export const Avatar = ({ id, name, tiny = false }: AvatarProps) => (
  <span class={`avatar tint-${tintOf(id)}${tiny ? " tiny" : ""}`} aria-hidden="true">
    {initialsOf(name)}
  </span>
);
