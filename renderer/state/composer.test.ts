import { beforeEach, expect, test } from 'vitest';
import { blankDraft } from '../features/composer/draft.ts';
import { useComposer } from './composer.ts';

const state = () => useComposer.getState();
const opened = (key: number) => ({ ...blankDraft(key), parentId: 5 });

beforeEach(() => {
  for (const { key } of state().drafts) state().close(key);
});

test('there is always a request to write', () => {
  state().close(state().active);
  expect(state().drafts).toHaveLength(1);
  expect(state().active).toBe(state().drafts[0]?.key);
});

test('an untouched blank one gives way, an edited one stays', () => {
  state().open(opened);
  expect(state().drafts).toHaveLength(1);
  state().openBlank();
  state().edit(state().active, { url: 'https://a.test' });
  state().open(opened);
  expect(state().drafts.map((draft) => draft.url)).toEqual(['https://', 'https://a.test', 'https://']);
});

test('edits are kept per draft and mark it', () => {
  const key = state().open(opened);
  const other = state().open(opened);
  state().edit(key, { method: 'PUT' });
  expect(state().drafts.find((draft) => draft.key === key)).toMatchObject({ method: 'PUT', edited: true });
  expect(state().drafts.find((draft) => draft.key === other)).toMatchObject({ method: 'GET', edited: false });
});

test('closing the one on screen shows its neighbour', () => {
  const first = state().open(opened);
  const second = state().open(opened);
  state().close(second);
  expect(state().active).toBe(first);
});

test('sending is known per draft, and its session is kept without marking it edited', () => {
  const key = state().open(opened);
  state().setSending(key, true);
  expect(state().sending.has(key)).toBe(true);
  state().setSending(key, false);
  state().setSent(key, 77);
  expect(state().sending.size).toBe(0);
  expect(state().drafts.find((draft) => draft.key === key)).toMatchObject({ sentId: 77, edited: false });
});

test('importing is open or not, whatever is being written', () => {
  expect(state().importing).toBe(false);
  state().setImporting(true);
  expect(state().importing).toBe(true);
  state().setImporting(false);
});
