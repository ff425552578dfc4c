import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Note } from '#proxy-core/intercept/step.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { until } from '#proxy-core/testing/until.ts';
import { record } from '#store/testing.ts';
import { openTestCapture } from '../testing/captures.ts';
import { startFinishedPump } from './finished-pump.ts';
import { ScriptStore } from './script-store.ts';

it('tells scripts of what ends, in order, once, where their filter passes; and notes what they say', async () => {
  await using capture = await openTestCapture(makeSession({ id: 1 }));
  const files = Object.entries({
    'a.js':
      'export const filter = "host:a.test"; export async function finished(s) { s.mark(1); s.comment(await s.response.text()) }',
    'b.js':
      'export function finished(s) { console.log(s.id); if (s.host === "bad.test") throw new Error("no") }',
    'c.js': 'export function request() {}',
  }).map(([name, source]) => {
    writeFileSync(join(capture.folder, name), source);
    return join(capture.folder, name);
  });
  await using scripts = await ScriptStore.open({ folder: join(capture.folder, 'scripts'), files });
  const notes: [number, Note][] = [];
  await using _ = startFinishedPump(capture.store, scripts, (id, note) => notes.push([id, note]));
  await record(
    capture.store,
    makeSession({ id: 2, url: 'http://a.test/', responseBody: 'two' }),
    makeSession({ id: 3, url: 'http://b.test/' }),
    makeSession({ id: 4, url: 'http://a.test/', responseBody: 'four' }),
    makeSession({ id: 5, url: 'http://bad.test/' }),
    makeSession({ id: 6, url: 'http://a.test/', responseBody: 'six' }),
  );
  await until(
    () => notes.length === 3,
    () => JSON.stringify(notes),
  );
  expect(notes).toEqual([
    [2, { mark: 1, comment: 'two' }],
    [4, { mark: 1, comment: 'four' }],
    [6, { mark: 1, comment: 'six' }],
  ]);
  const second = scripts.scripts[1];
  // Of the session that failed it, it is told no more.
  expect(second?.console.map(({ text }) => text)).toEqual([
    '2',
    '3',
    '4',
    '5',
    expect.stringMatching(/^b\.js:1: Error: no/),
  ]);
});
