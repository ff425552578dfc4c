import { afterEach, describe, expect, test, vi } from 'vitest';
import type { PausedItem } from '#model/rules/paused.ts';
import type { RpcClient } from '../../rpc/client.ts';
import { useBreaks } from '../../state/breaks.ts';
import { breakEdits, draftOf, headersOf, resolutionOf, textOfContent } from './break-edits.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const item: PausedItem = {
  id: 4,
  at: 'request',
  session: 1,
  rule: 'r',
  since: 0,
  until: 0,
  method: 'GET',
  url: 'http://a/',
  headers: [
    ['A', '1'],
    ['A', '2'],
  ],
  content: bytes('body'),
};

afterEach(() => breakEdits.shown(undefined, () => draftOf(item)));

describe('a paused message', () => {
  test('goes on as it is when nothing was changed', () => {
    expect(resolutionOf(item, draftOf(item))).toEqual({ kind: 'go' });
  });

  test('says what was changed, and only that', () => {
    expect(resolutionOf(item, { ...draftOf(item), method: 'PUT', body: 'new' })).toEqual({
      kind: 'go',
      method: 'PUT',
      content: bytes('new'),
    });
    expect(resolutionOf(item, { ...draftOf(item), headers: 'B: x: y\n\nflag' })).toEqual({
      kind: 'go',
      headers: [
        ['B', 'x: y'],
        ['flag', ''],
      ],
    });
    expect(
      resolutionOf({ ...item, at: 'response', status: 200 }, { ...draftOf(item), status: '404' }),
    ).toEqual({ kind: 'go', status: 404 });
    expect(headersOf('')).toEqual([]);
  });

  test('is edited as text only where it is text', () => {
    expect(textOfContent(bytes('ä'))).toBe('ä');
    for (const content of [undefined, new Uint8Array([0]), new Uint8Array([0xff])])
      expect(textOfContent(content)).toBeUndefined();
  });

  test('goes on with what was typed into it, and no other does', async () => {
    const call = vi.fn(async () => ({ resolved: true }));
    const rpc = { call } as unknown as RpcClient;
    const { content: _, ...listed } = item;
    useBreaks.getState().set({ breakpoints: [], paused: [listed] });
    breakEdits.shown(item, () => ({ ...draftOf(item), method: 'PUT' }));
    await breakEdits.goOn(rpc);
    expect(call).toHaveBeenLastCalledWith('breaks.resolve', {
      id: 4,
      resolution: { kind: 'go', method: 'PUT' },
    });
    useBreaks.getState().set({ breakpoints: [], paused: [{ ...listed, id: 5 }] });
    await breakEdits.goOn(rpc);
    expect(call).toHaveBeenLastCalledWith('breaks.resolve', { id: 5, resolution: { kind: 'go' } });
    useBreaks.getState().set({ breakpoints: [], paused: [] });
    await breakEdits.goOn(rpc);
    expect(call).toHaveBeenCalledTimes(2);
  });
});
