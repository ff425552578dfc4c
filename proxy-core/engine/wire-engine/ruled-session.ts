/** What both directions of an exchange under rules share: whom to tell, how it is cut off, and when the client has left. */
import { setTimeout as delay } from 'node:timers/promises';
import type { HeaderPair } from '#model/headers.ts';
import { isConnectionField } from '#model/rules/parts.ts';
import type { PausedResolution } from '#model/rules/paused.ts';
import type { Network } from '#model/rules/throttle.ts';
import { cutText, type RuleTouch } from '#model/rules/touch.ts';
import { GO_ON } from '../../intercept/breakpoints.ts';
import type { MessageDraft, RequestDraft } from '../../intercept/drafts.ts';
import type { Interception } from '../../intercept/interception.ts';
import type { Plan, RuleBook } from '../../intercept/rule-book.ts';
import type { Note } from '../../intercept/step.ts';
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

  /** A message of a WebSocket or of an event stream; what became of it is noted. */
  async pauseMessage(
    { rule, limitMs }: NonNullable<Plan['breakMessages']>,
    message: { direction: 'sent' | 'received'; text: boolean; content: Uint8Array },
  ): Promise<PausedResolution> {
    if (!this.attended) return GO_ON;
    const { method, target } = this.request;
    const content = new Uint8Array(message.content);
    const resolution = await this.parts.interception.breakpoints.pause(
      {
        at: 'message',
        session: this.parts.recorder.id,
        rule,
        method,
        url: target.url,
        headers: [],
        limitMs,
        ...message,
        content,
      },
      this.gone,
    );
    const part = `message ${message.direction}`;
    const shown = (bytes: Uint8Array) =>
      message.text ? cutText(Buffer.from(bytes).toString('utf8')) : `${bytes.length} bytes`;
    if (resolution.kind === 'drop') {
      this.touched({ rule, action: 'drop a message', changes: [{ part, before: shown(content) }] });
    } else if (resolution.kind === 'go' && resolution.content !== undefined) {
      const changes = [{ part, before: shown(content), after: shown(resolution.content) }];
      this.touched({ rule, action: 'edit a message', changes });
    }
    return resolution;
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
