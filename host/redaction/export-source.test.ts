import { describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { openTestCapture } from '../testing/captures.ts';
import { exportSource } from './export-source.ts';

const TOKEN = 'q8Zk2Lw9Xc4Vb7Nm1Qs5Dt6Yh3Jf0Gr8Pa2Ue4';
const session = (id: number) => makeSession({ id, responseBody: `{"token":"${TOKEN}"}` });

describe('the sessions of an export', { timeout: 60_000 }, () => {
  it('are redacted where nobody said otherwise, with a summary; removed ones are passed over', async () => {
    await using capture = await openTestCapture(session(1), session(2));
    const events: string[] = [];
    await using source = exportSource(capture.store, [1, 7, 2], undefined, {
      onLooked: () => void events.push('looked'),
      onSession: () => void events.push('written'),
    });
    const texts: string[] = [];
    for await (const { responseBody } of source.sessions) texts.push(Buffer.from(responseBody).toString());
    expect(texts).toEqual(Array(2).fill('{"token":"[redacted:token:1]"}'));
    expect(events).toEqual(['looked', 'looked', 'written', 'written']);
    expect(await source.summary()).toMatchObject({ kinds: [{ kind: 'token', secrets: 1, count: 2 }] });
  });

  it('are as captured where somebody did', async () => {
    await using capture = await openTestCapture(session(1));
    await using source = exportSource(capture.store, [1], 'off');
    for await (const { responseBody } of source.sessions)
      expect(Buffer.from(responseBody).toString()).toContain(TOKEN);
    expect(await source.summary()).toBeUndefined();
  });

  it.each(['off', undefined] as const)(
    'end when they are stopped, whatever is done with them: %s',
    async (choice) => {
      await using capture = await openTestCapture(session(1), session(2));
      const stop = new AbortController();
      stop.abort(new Error('enough'));
      let written = 0;
      await using source = exportSource(capture.store, [1, 2], choice, {
        signal: stop.signal,
        onSession: () => {
          written += 1;
        },
      });
      await expect(Array.fromAsync(source.sessions)).rejects.toThrow('enough');
      expect(written).toBe(0);
    },
  );
});
