import type { StandInRequest, StandInRequestKind } from "@standin/core/ports";
import type { ObjectId } from "mongodb";
import { toObjectId } from "../values.ts";

/** A document of `standin_requests`: what a writer asked of an owner's stand-in in one period. */
export interface StandInRequestDocument {
  /** What makes it unique: owner, writer, period and kind. */
  readonly _id: string;
  readonly kind: StandInRequestKind;
  readonly owner: ObjectId;
  readonly writer: ObjectId;
  readonly period: number;
  readonly at: Date;
}

export const requestDocument = ({ kind, owner, writer, period, at }: StandInRequest): StandInRequestDocument => ({
  _id: `${owner}:${writer}:${period}:${kind}`,
  kind,
  owner: toObjectId(owner),
  writer: toObjectId(writer),
  period,
  at: new Date(at),
});

export const requestFrom = ({ kind, owner, writer, period, at }: StandInRequestDocument): StandInRequest => ({
  kind,
  owner: owner.toHexString(),
  writer: writer.toHexString(),
  period,
  at: at.getTime(),
});
