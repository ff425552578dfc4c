/**
 * CONNECT to an HTTP proxy (RFC 9110 §9.3.6), sans I/O: the request, and the reading of the answer's head. What follows a 2xx head is the
 * tunnel's, whatever framing fields the head has.
 */
import { HeadBuffer } from '../../wire/head-buffer.ts';
import { parseStatusLine } from '../../wire/start-line.ts';
import { WireFault } from '../../wire/wire-error.ts';
import { type Authority, formatAuthority } from '../target.ts';
import type { Negotiation, NegotiationStep } from './negotiation.ts';

const MAX_HEAD_BYTES = 64 * 1024;
/** What a proxy says about itself goes into a sentence. */
const MAX_REASON = 100;

export class ConnectTunnel implements Negotiation {
  readonly #head = new HeadBuffer(MAX_HEAD_BYTES, { requests: false, lenient: false });
  readonly #target: string;
  readonly #authorization: string | undefined;

  /** `authorization`: the value of Proxy-Authorization, none when undefined. */
  constructor(target: Authority, authorization?: string) {
    this.#target = formatAuthority(target);
    this.#authorization = authorization;
  }

  begin(): Uint8Array {
    const authorization =
      this.#authorization === undefined ? '' : `Proxy-Authorization: ${this.#authorization}\r\n`;
    const head = `CONNECT ${this.#target} HTTP/1.1\r\nHost: ${this.#target}\r\n${authorization}\r\n`;
    return Buffer.from(head, 'latin1');
  }

  receive(bytes: Buffer): NegotiationStep {
    try {
      return this.#read(bytes);
    } catch (error) {
      if (!(error instanceof WireFault)) throw error;
      return {
        kind: 'failed',
        code: 'SLUICE_PROXY_FAILED',
        reason: `its answer is no HTTP: ${error.message}`,
      };
    }
  }

  #read(bytes: Buffer): NegotiationStep {
    for (let at = 0; at < bytes.length; ) {
      const { used, text } = this.#head.add(bytes, at);
      at += used;
      if (text === undefined) continue;
      const { status, reason } = parseStatusLine(text);
      if (status < 200) continue; // RFC 9110 §15.2: interim answers may come before the final one.
      if (status < 300) return { kind: 'ready', rest: bytes.subarray(at) };
      const code = status === 407 ? 'SLUICE_PROXY_CREDENTIALS' : 'SLUICE_PROXY_REFUSED';
      return { kind: 'failed', code, reason: `${status} ${reason.slice(0, MAX_REASON)}`.trim() };
    }
    return { kind: 'wait' };
  }
}
