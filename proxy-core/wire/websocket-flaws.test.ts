import { describe, expect, it } from 'vitest';
import { closePayload } from '../testing/websocket-frames.ts';
import { closeCodeOf, closeFlaws, FLAW, flawText } from './websocket-flaws.ts';

describe('flawText', () => {
  it('says nothing of no flaws', () => expect(flawText(0)).toBeUndefined());

  it('has words of its own for every flaw', () => {
    const texts = Object.values(FLAW).map(flawText);
    expect(new Set(texts).size).toBe(texts.length);
    expect(texts.every((text) => text !== undefined && text.length > 10)).toBe(true);
  });

  it('names the right one', () => {
    expect(flawText(FLAW.unmasked)).toMatch(/^not masked by the client/);
    expect(flawText(FLAW.afterClose)).toMatch(/after a close frame/);
    expect(flawText(FLAW.noFrames)).toMatch(/no longer WebSocket/);
  });

  it('joins several', () => {
    expect(flawText(FLAW.utf8 | FLAW.masked)).toMatch(/^masked by the server.*; not valid UTF-8/);
  });
});

describe('close frames', () => {
  it.each([1000, 1001, 1003, 1007, 1011, 1014, 3000, 4999])('may say %d', (code) => {
    expect(closeFlaws(closePayload(code, 'bye'), false)).toBe(0);
  });

  it.each([0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535])('may not say %d', (code) => {
    expect(closeFlaws(closePayload(code), false)).toBe(FLAW.closeCode);
    expect(closeCodeOf(closePayload(code))).toBe(code);
  });

  it('may be empty, but not of one byte', () => {
    expect(closeFlaws(Buffer.alloc(0), false)).toBe(0);
    expect(closeFlaws(Buffer.of(3), false)).toBe(FLAW.closeLength);
    expect(closeCodeOf(Buffer.of(3))).toBeUndefined();
  });

  it('give their reason in UTF-8', () => {
    const reason = Buffer.concat([closePayload(1000), Buffer.of(0xc3)]);
    expect(closeFlaws(reason, false)).toBe(FLAW.utf8);
    expect(closeFlaws(reason, true)).toBe(0);
  });
});
