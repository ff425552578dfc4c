import { describe, expect, it } from 'vitest';
import type { PausedItem } from '#model/rules/paused.ts';
import { breakpointsAfter, HELP, pausedLine, pausedText, readPausedText, typedAt } from './break-commands.ts';

const bytes = (text: string) => new Uint8Array(Buffer.from(text));
const item = (change: Partial<PausedItem> = {}): PausedItem => ({
  id: 3,
  at: 'request',
  session: 1,
  rule: 'r',
  since: 0,
  until: 0,
  method: 'POST',
  url: 'http://a.test/x',
  headers: [
    ['A', '1'],
    ['B', '2'],
  ],
  content: bytes('body'),
  ...change,
});
const response = () => item({ at: 'response', status: 200, reason: 'OK' });
const NOTHING = { kind: 'go' } as const;

describe('what can be typed', () => {
  it.each(['', 'go', 'g', ' GO '])('%j goes on with what was edited', (line) => {
    const edited = { kind: 'go', method: 'PUT' } as const;
    expect(typedAt(item(), edited, line)).toEqual({ kind: 'resolved', resolution: edited });
  });
  it('all, drop and answer say how it goes on', () => {
    expect(typedAt(item(), NOTHING, 'all')).toMatchObject({ kind: 'resolved', all: true });
    expect(typedAt(item(), NOTHING, 'drop')).toEqual({ kind: 'resolved', resolution: { kind: 'drop' } });
    expect(typedAt(item(), NOTHING, 'answer 404 not\\nhere')).toMatchObject({
      resolution: { kind: 'answer', status: 404, content: bytes('not\nhere') },
    });
    expect(typedAt(item(), NOTHING, 'answer 204')).toMatchObject({
      resolution: { status: 204, content: bytes('') },
    });
    expect(typedAt(item(), NOTHING, 'answer 100')).toMatchObject({ kind: 'show' });
    expect(typedAt(item({ at: 'message' }), NOTHING, 'answer 200 x')).toMatchObject({ kind: 'show' });
  });
  it('edits add up', () => {
    const one = typedAt(item(), NOTHING, 'set C: 3');
    if (one.kind !== 'edited') throw new Error('edited');
    const two = typedAt(item(), one.edited, 'unset a');
    if (two.kind !== 'edited') throw new Error('edited');
    expect(two.edited.headers).toEqual([
      ['B', '2'],
      ['C', '3'],
    ]);
    expect(typedAt(item(), two.edited, 'method PUT')).toMatchObject({
      edited: { method: 'PUT', headers: two.edited.headers },
    });
    expect(typedAt(item(), NOTHING, 'url http://b/')).toMatchObject({ edited: { url: 'http://b/' } });
    expect(typedAt(response(), NOTHING, 'status 500')).toMatchObject({ edited: { status: 500 } });
    expect(typedAt(item(), NOTHING, 'body new\\ttext')).toMatchObject({
      edited: { content: bytes('new\ttext') },
    });
  });
  it.each(['set A', 'set a b: c', 'set Content-Length: 3', 'status 99', 'help', 'nonsense'])(
    '%s is answered with words',
    (line) => {
      expect(typedAt(item(), NOTHING, line)).toMatchObject({ kind: 'show' });
    },
  );
  it('help names every word', () => {
    for (const word of [
      'go',
      'all',
      'drop',
      'answer',
      'set',
      'unset',
      'method',
      'url',
      'status',
      'body',
      'edit',
      'show',
    ])
      expect(HELP).toContain(word);
  });
});

describe('what is paused as text', () => {
  it('is one line in a list', () => {
    expect(pausedLine(item())).toBe('[3] request POST http://a.test/x');
    expect(pausedLine(response())).toBe('[3] response 200 to POST http://a.test/x');
    expect(pausedLine(item({ at: 'message', direction: 'sent' }))).toBe(
      '[3] message sent on POST http://a.test/x',
    );
    expect(pausedLine(item({ url: 'http://a/\u001b[2J' }))).not.toContain('\u001b');
  });
  it('is read back as it was, and with what was edited', () => {
    expect(pausedText(item(), NOTHING)).toBe('POST http://a.test/x\nA: 1\nB: 2\n\nbody');
    expect(readPausedText(item(), pausedText(item(), NOTHING))).toEqual({
      kind: 'go',
      method: 'POST',
      url: 'http://a.test/x',
      headers: item().headers,
      content: bytes('body'),
    });
    expect(readPausedText(response(), '404 Not Here\nX: y\n\nnew\n\nlines')).toEqual({
      kind: 'go',
      status: 404,
      reason: 'Not Here',
      headers: [['X', 'y']],
      content: bytes('new\n\nlines'),
    });
    expect(readPausedText(item({ at: 'message' }), 'text')).toEqual({ kind: 'go', content: bytes('text') });
  });
  it('with a wrong line says so', () => {
    expect(readPausedText(item(), 'GET http://a/\nno colon\n\n')).toMatch(/no header field/);
    expect(readPausedText(response(), 'OK\n\n')).toMatch(/begins with the status/);
  });
});

describe('breakpoints of Fiddler’s command line', () => {
  it.each([
    ['bpu /orders', [{ filter: 'url:/orders', at: 'request' }]],
    ['BPA a b', [{ filter: 'url:"a b"', at: 'response' }]],
    ['bpafter x', [{ filter: 'url:x', at: 'response' }]],
    ['bpm post', [{ filter: 'method=POST', at: 'request' }]],
    ['bps 404', [{ filter: 'status=404', at: 'response' }]],
    ['bpu', []],
    ['go', undefined],
    ['bpx y', undefined],
  ])('%s', (line, after) => {
    expect(breakpointsAfter(line, [])).toEqual(after);
  });

  it('another of a kind takes the place of the first, and an empty one takes it away', () => {
    const set = breakpointsAfter('bpu b', [
      { filter: 'url:a', at: 'request' },
      { filter: 'method=GET', at: 'request' },
    ]);
    expect(set).toEqual([
      { filter: 'method=GET', at: 'request' },
      { filter: 'url:b', at: 'request' },
    ]);
    expect(breakpointsAfter('bpm', set ?? [])).toEqual([{ filter: 'url:b', at: 'request' }]);
  });
});
