/** What both directions of an exchange under rules share: whom to tell, how it is cut off, and when the client has left. */
import { setTimeout as delay } from 'node:timers/promises';
import { toSluiceError } from '#model/errors.ts';
import type { HeaderPair } from '#model/headers.ts';
import { isConnectionField } from '#model/rules/parts.ts';
import type { PausedResolution } from '#model/rules/paused.ts';
import type { Network } from '#model/rules/throttle.ts';
import { cutText, type RuleTouch } from '#model/rules/touch.ts';
import { bytesOfText, textOf } from '../../intercept/body-text.ts';
import { GO_ON } from '../../intercept/breakpoints.ts';
import type { MessageDraft, RequestDraft } from '../../intercept/drafts.ts';
import type { Interception } from '../../intercept/interception.ts';
import type { Plan, RuleBook } from '../../intercept/rule-book.ts';
import type { MessageStep, Note } from '../../intercept/step.ts';
import { failure } from '../failure.ts';
import { formatAuthority } from '../target.ts';
import { type Detour, joinDetours } from '../upstream/detour.ts';
import type { ExchangeParts } from './exchange.ts';
import { HTTP2 } from './http2-heads.ts';

export interface RuledParts extends ExchangeParts {
  readonly interception: Interception;
  readonly book: RuleBook;
  readonly plan: Plan;
}

/** A message of a WebSocket, or an event of an event stream, on its way. */
export interface PassingMessage {
  readonly direction: 'sent' | 'received';
  readonly text: boolean;
  readonly content: Uint8Array;
}

export class RuledSession {
  readonly parts: RuledParts;
  /** As the rules have made it so far. */
  readonly request: RequestDraft;
  network: Network = {};
  detour: Detour | undefined;
  readonly #gone = new AbortController();

  constructor(parts: RuledParts, request: RequestDraft) {
    this.parts = parts;
    this.request = request;
  }

  get attended(): boolean {
    return this.parts.interception.breakpoints.attended;
  }

  /** Aborted once nothing said to the client would reach it. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  leave(): void {
    this.#gone.abort();
  }

  async sleep(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.gone }).catch(() => {});
  }

  touched(touch: RuleTouch): void {
    this.parts.recorder.touched(touch);
  }

  failed(rule: string): void {
    this.parts.interception.tallies.failed(rule);
  }

  note(note: Note): void {
    const { id } = this.parts.recorder;
    if (id > 0) this.parts.interception.note(id, note);
  }

  throttle(network: Network): void {
    this.network = { ...this.network, ...network };
  }

  useDetour(detour: Detour): void {
    this.detour = joinDetours(this.detour, detour);
  }

  pause(draft: MessageDraft, limitMs: number, rule: string): Promise<PausedResolution> {
    const { content, headers } = draft;
    const { method, target } = this.request;
    return this.parts.interception.breakpoints.pause(
      {
        at: draft.side,
        session: this.parts.recorder.id,
        rule,
        method,
        url: target.url,
        ...(draft.side === 'response' ? { status: draft.status, reason: draft.reason } : {}),
        headers: [...headers],
        ...(content === undefined ? {} : { content: new Uint8Array(content) }),
        limitMs,
      },
      this.gone,
    );
  }

  /** Whether anything is to be done with messages at all: breakpoints count while somebody stands there. */
  get wantsMessages(): boolean {
    return this.parts.plan.messages.some(({ step }) => step.kind !== 'break' || this.attended);
  }

  /** Does the rules' steps with a message of a WebSocket or of an event stream, and notes what became of it. Undefined: it is left out. */
  async passMessage(message: PassingMessage): Promise<Uint8Array | undefined> {
    let { content } = message;
    for (const { step, rule, words } of this.parts.plan.messages) {
      const part = `message ${message.direction}`;
      const before = content;
      const touched = (action: string, after?: Uint8Array) => {
        const shown = (bytes: Uint8Array) =>
          message.text ? cutText(Buffer.from(bytes).toString('utf8')) : `${bytes.length} bytes`;
        const change = {
          part,
          before: shown(before),
          ...(after === undefined ? {} : { after: shown(after) }),
        };
        this.touched({ rule, action, changes: [change] });
      };
      const resolution = await this.#messageStep(step, rule, words, { ...message, content });
      if (resolution.kind === 'drop') {
        touched('drop a message');
        return undefined;
      }
      if (resolution.kind !== 'go' || resolution.content === undefined) continue;
      if (Buffer.compare(resolution.content, content) === 0) continue;
      content = resolution.content;
      touched(step.kind === 'break' ? 'edit a message' : words, content);
    }
    return content;
  }

  async #messageStep(
    step: MessageStep,
    rule: string,
    words: string,
    message: PassingMessage,
  ): Promise<PausedResolution> {
    const { id } = this.parts.recorder;
    const { url } = this.request.target;
    switch (step.kind) {
      case 'break':
        return this.#pauseMessage(rule, step.limitMs, message);
      case 'edit': {
        const text = message.text ? textOf(Buffer.from(message.content)) : undefined;
        const after = text && step.edit(text.text, message.direction);
        if (text === undefined || after === undefined || after === text.text) return GO_ON;
        return { kind: 'go', content: new Uint8Array(bytesOfText(after, { encoding: 'utf8' })) };
      }
      case 'script':
        try {
          return await step.script.message({ ...message, url, session: id });
        } catch (error) {
          this.failed(rule);
          this.touched({ rule, action: words, changes: [], problem: toSluiceError(error).message });
          return GO_ON;
        }
    }
  }

  async #pauseMessage(rule: string, limitMs: number, message: PassingMessage): Promise<PausedResolution> {
    if (!this.attended) return GO_ON;
    const { method, target } = this.request;
    return this.parts.interception.breakpoints.pause(
      {
        at: 'message',
        session: this.parts.recorder.id,
        rule,
        method,
        url: target.url,
        headers: [],
        limitMs,
        ...message,
        content: new Uint8Array(message.content),
      },
      this.gone,
    );
  }

  /** Ends the client's part without an answer, or leaves it waiting. */
  cut(how: 'close' | 'reset' | 'hang', rule: string): void {
    const { context, recorder, stream, target } = this.parts;
    if (how === 'hang') {
      // A client that has closed its half may be there or not; nobody is waited for without end.
      void this.sleep(context.timeouts.idle).then(() => {
        if (!this.gone.aborted) this.cut('close', rule);
      });
      return;
    }
    this.leave();
    recorder.end('failed', {}, failure('rule', formatAuthority(target), `"${rule}": ${how}`));
    if (how === 'reset' && stream.giveAway !== undefined) {
      const { socket } = stream.giveAway();
      socket.on('error', () => socket.destroy());
      // What TLS stands on is not to be had; it ends without a word.
      if ('encrypted' in socket) socket.destroy();
      else socket.resetAndDestroy();
    } else stream.abort();
  }
}

/** Fields as that version writes them: HTTP/2 has small letters and none that speak of the connection (RFC 9113 §8.2). */
export function fieldsFor(httpVersion: string, headers: HeaderPair[]): HeaderPair[] {
  if (httpVersion !== HTTP2) return headers;
  return headers.flatMap((pair): HeaderPair[] => {
    const name = pair[0].toLowerCase();
    if (name === 'te') return /\btrailers\b/i.test(pair[1]) ? [['te', 'trailers']] : [];
    if (isConnectionField(name) && name !== 'content-length' && name !== 'trailer') return [];
    return name === pair[0] ? [pair] : [[name, pair[1]]];
  });
}
