/** Messages in the hands of rules: mutable until they go on. `content` is the body after content decoding, once somebody has asked for it. */
import type { HeaderPair } from '#model/headers.ts';
import type { RequestHead, ResponseHead } from '#model/session.ts';
import type { Target } from '../engine/target.ts';

interface Draft {
  headers: HeaderPair[];
  content?: Buffer;
  /** `content` is another than the one that came. */
  contentChanged: boolean;
}

export interface RequestDraft extends Draft {
  readonly side: 'request';
  method: string;
  target: Target;
}

export interface ResponseDraft extends Draft {
  readonly side: 'response';
  status: number;
  reason: string;
}

export type MessageDraft = RequestDraft | ResponseDraft;

export const draftRequest = (head: RequestHead, target: Target): RequestDraft => ({
  side: 'request',
  method: head.method,
  target,
  headers: [...head.headers],
  contentChanged: false,
});

export const draftResponse = (head: ResponseHead): ResponseDraft => ({
  side: 'response',
  status: head.status,
  reason: head.reason,
  headers: [...head.headers],
  contentChanged: false,
});

/** What stands in it now, for putting back or comparing. */
export type Snapshot<D extends MessageDraft = MessageDraft> = D;

export const snapshot = <D extends MessageDraft>(draft: D): Snapshot<D> => ({
  ...draft,
  headers: [...draft.headers],
});

/** Puts everything back as it was. */
export const restore = <D extends MessageDraft>(draft: D, to: Snapshot<D>): void => {
  Object.assign(draft, to, { headers: [...to.headers] });
};
