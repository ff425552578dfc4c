/** Every action is exercised end to end: some spec runs it, by its name, its id or its key. */
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it } from 'vitest';
import { type Action, labelOf } from '../actions/action.ts';
import { ALL_ACTIONS } from './all-actions.ts';

const E2E = fileURLToPath(new URL('../../e2e', import.meta.url));
let specs = '';
beforeAll(() => {
  specs = globSync('{specs,pages,fixtures}/**/*.ts', { cwd: E2E })
    .map((file) => readFileSync(`${E2E}/${file}`, 'utf8'))
    .join('\n');
});

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** As Playwright names keys. */
const pressed = (shortcut: string) =>
  shortcut
    .replace(/\bCtrl\b/, 'Control')
    .replace(/\bDel\b/, 'Delete')
    .replace(/\bDown$/, 'ArrowDown')
    .replace(/\bUp$/, 'ArrowUp');

function isExercised(action: Action): boolean {
  const label = labelOf(action).replace(/…$/, '');
  if (specs.includes(`'${action.id}'`) || new RegExp(`['"\`/^]${escaped(label)}`).test(specs)) return true;
  return (action.shortcuts ?? []).some((shortcut) =>
    new RegExp(`'${escaped(pressed(shortcut))}'`, 'i').test(specs),
  );
}

it('every action is exercised by a spec', () => {
  expect(ALL_ACTIONS.filter((action) => !isExercised(action)).map(({ id }) => id)).toEqual([]);
});
