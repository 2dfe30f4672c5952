import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { WarningIcon } from "./icons.tsx";

/** What the control inside must carry, so that its label, hint and problem are read out with it. */
interface FieldControl {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": boolean;
}

export interface FieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  /** What is wrong and what to do about it; null when all is well. */
  readonly problem?: string | null;
  readonly children: (control: FieldControl) => ComponentChildren;
}

/** A labelled control with what explains it. */
export const Field = ({ label, hint, problem = null, children }: FieldProps) => {
  const id = useId();
  const described = [hint !== undefined && `${id}-hint`, problem !== null && `${id}-problem`].filter(Boolean).join(" ");
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint !== undefined && (
        <span class="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {children({ id, "aria-describedby": described || undefined, "aria-invalid": problem !== null })}
      {problem !== null && (
        <span class="problem" id={`${id}-problem`}>
          <WarningIcon size={16} />
          {problem}
        </span>
      )}
    </div>
  );
};
