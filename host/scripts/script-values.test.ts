import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { sessionOf } from '../bodies.ts';
import { openTestCapture } from '../testing/captures.ts';
import { ScriptStore } from './script-store.ts';
import { columnValue, ownColumns, scriptValues } from './script-values.ts';

const SOURCE = `
export const filter = 'host:a.test';
export const columns = { Id: async (s) => (await s.response.json()).id, Never: () => undefined, Broken: () => null.x };
export const views = { Text: async (body, s) => s.method + ' ' + await body.text(), JSON: (body) => body.headers.get('none') };
`;

it('are what columns and views of scripts say of a session that they are for', async () => {
  await using capture = await openTestCapture(
    makeSession({
      id: 1,
      url: 'http://a.test/',
      method: 'POST',
      requestBody: 'in',
      responseBody: '{"id":7}',
    }),
    makeSession({ id: 2, url: 'http://other.test/' }),
  );
  const file = join(capture.folder, 'my.js');
  writeFileSync(file, SOURCE);
  await using scripts = await ScriptStore.open({ folder: join(capture.folder, 'scripts'), files: [file] });
  const values = async (id: number) =>
    scriptValues(scripts.scripts, scripts.nameOf, capture.store, await sessionOf(capture.store, id));
  expect(await values(1)).toEqual([
    { script: 'my.js', name: 'Id', text: '7' },
    { script: 'my.js', name: 'Text', side: 'request', text: 'POST in' },
    { script: 'my.js', name: 'Text', side: 'response', text: 'POST {"id":7}' },
  ]);
  expect(await values(2)).toEqual([]);
  const [id] = ownColumns(scripts.scripts);
  expect(ownColumns(scripts.scripts).map(({ name }) => name)).toEqual(['Id', 'Never', 'Broken']);
  const one = async (number: number) =>
    id && columnValue(id.script, id.name, capture.store, await sessionOf(capture.store, number));
  expect([await one(1), await one(2)]).toEqual(['7', undefined]);
  await scripts.switch(file, false);
  expect([await values(1), ownColumns(scripts.scripts)]).toEqual([[], []]);
});
