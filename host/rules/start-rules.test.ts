import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { dataFolderAt } from '../data-folder.ts';
import { openTestCapture } from '../testing/captures.ts';
import { startRules } from './start-rules.ts';

const RULES = 'version: 1\nrules:\n  - name: a\n    actions: [{action: block}]\n';

it('takes the rules of the data folder, and says so', async () => {
  await using capture = await openTestCapture();
  const folder = dataFolderAt(capture.folder);
  writeFileSync(folder.rules, RULES);
  const { rules, interception, notices } = await startRules({}, folder, capture.store);
  expect(interception.book?.size).toBe(1);
  expect(notices).toEqual([expect.stringMatching(/^1 rule is in force, from .*sluice\.rules\.yaml\.$/)]);
  await rules[Symbol.asyncDispose]();
});

it('says what is wrong with those, and starts all the same', async () => {
  await using capture = await openTestCapture();
  const folder = dataFolderAt(capture.folder);
  writeFileSync(folder.rules, 'oops: 1\n');
  const { rules, interception, notices } = await startRules({}, folder, capture.store);
  expect(interception.book).toBeUndefined();
  expect(notices[0]).toMatch(/No rules are in force: .*:1: /);
  await rules[Symbol.asyncDispose]();
});

it('refuses rules for an engine that has none', async () => {
  await using capture = await openTestCapture();
  const folder = dataFolderAt(capture.folder);
  await expect(
    startRules({ rules: 'x', engine: 'http-mitm-proxy' }, folder, capture.store),
  ).rejects.toMatchObject({ code: 'usage' });
});

it('marks sessions of the capture', async () => {
  await using capture = await openTestCapture(makeSession({ id: 1 }));
  const { rules, interception } = await startRules({}, dataFolderAt(capture.folder), capture.store);
  const changed = new Promise<void>((resolve) => {
    capture.store.onChange(() => resolve());
  });
  interception.note(1, { mark: 3, comment: 'by a rule' });
  await changed;
  expect((await capture.store.get(1))?.row).toMatchObject({ mark: 3, comment: 'by a rule' });
  await rules[Symbol.asyncDispose]();
});
