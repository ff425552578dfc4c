import { describe, expect, it } from 'vitest';
import { parseFilter } from '#model/filter/parse.ts';
import type { Action } from '../../actions/action.ts';
import { type PaletteItem, type PaletteSection, paletteSections } from './palette-items.ts';

const action = (id: string, label: string, more: Partial<Action> = {}): Action => ({
  id,
  label,
  group: 'sessions',
  run: () => {},
  ...more,
});
const ACTIONS = [
  action('replay', 'Replay', { keywords: ['resend', 'repeat'] }),
  action('comment', 'Comment…', { enabled: () => false }),
  action('clear', 'Clear all sessions…', { keywords: ['cls'] }),
  action('export', 'Export all as HAR', { group: 'files' }),
  action('dark', 'Theme: dark', { group: 'settings', checked: () => true }),
  action('cursor', 'Move the cursor', { hidden: true }),
];

const sections = (query: string, recent: string[] = []) => paletteSections(ACTIONS, query, recent);
const nameOf = (item: PaletteItem) => (item.kind === 'action' ? item.action.id : item.kind);
const names = (list: readonly PaletteSection[]) => list.map(({ items }) => items.map(nameOf));

describe('the palette with nothing typed', () => {
  it('lists everything that is not hidden by group, what cannot be done last in its own', () => {
    expect(sections('').map(({ title }) => title)).toEqual(['Sessions', 'Import and export', 'Appearance']);
    expect(names(sections(''))).toEqual([['replay', 'clear', 'comment'], ['export'], ['dark']]);
  });

  it('puts what was run last first, and once', () => {
    const [recent, ...rest] = sections('  ', ['export', 'clear', 'gone', 'comment']);
    expect(recent?.title).toBe('Recent');
    expect(names([recent as PaletteSection])).toEqual([['export', 'clear']]);
    expect(names(rest)).toEqual([['replay', 'comment'], ['dark']]);
  });
});

describe('the palette with something typed', () => {
  it('lists what matches, the best first, with the letters that do', () => {
    const [commands] = sections('clear').filter(({ title }) => title === undefined);
    expect(nameOf(commands?.items[0] as PaletteItem)).toBe('clear');
    expect(commands?.items[0]).toMatchObject({ marks: [0, 1, 2, 3, 4], enabled: true });
  });

  it('leaves out letters found here and there when a name holds them better', () => {
    const two = [action('export', 'Export all'), action('only', 'Only type text/javascript')];
    expect(names(paletteSections(two, 'exp', []))[0]).toEqual(['export']);
    expect(names(paletteSections(two.slice(1), 'exp', []))[0]).toEqual(['only']);
  });

  it('puts what cannot be done behind what can', () => {
    const list = [action('comment', 'Export', { enabled: () => false }), action('b', 'Export all as HAR')];
    expect(names(paletteSections(list, 'export', []))[0]).toEqual(['b', 'comment']);
  });

  it('knows other words for it, by their beginnings alone', () => {
    expect(names(sections('cls')).flat()).toContain('clear');
    expect(names(sections('resend'))[0]).toEqual(['replay']);
    expect(names(sections('rsd'))[0]).not.toContain('replay');
  });

  it('favours what was run last among equals', () => {
    const two = [action('a', 'Mark one'), action('b', 'Mark two')];
    expect(paletteSections(two, 'mark', ['b'])[0]?.items.map(nameOf)).toEqual(['b', 'a']);
  });

  it('offers the text as a filter, last', () => {
    const list = sections('exp');
    expect(names(list)).toEqual([['export'], ['filter']]);
    expect(list.at(-1)?.items[0]).toMatchObject({ text: 'exp', label: 'Filter sessions by “exp”' });
  });

  it('offers it first when it is plainly one', () => {
    expect(names(sections('status>=400'))[0]).toEqual(['filter']);
  });

  it('makes a filter of any text', () => {
    for (const text of ['(', 'say "hi"', 'status>', 'C:\\x', 'a b']) {
      const item = sections(text)
        .flatMap(({ items }) => items)
        .find(({ kind }) => kind === 'filter');
      expect(item?.kind === 'filter' && parseFilter(item.text).ok, text).toBe(true);
    }
  });

  it('takes a number for a session’s', () => {
    expect(sections('#42').at(-1)?.items[0]).toMatchObject({ kind: 'session', id: 42 });
    expect(names(sections('0')).flat()).not.toContain('session');
  });
});

describe('Fiddler’s words', () => {
  it('come first, in a section of their own', () => {
    const [first, ...rest] = sections('bpu /login');
    expect([first?.title, first?.items.map(nameOf)]).toEqual(['QuickExec', ['quick']]);
    expect(names(rest).flat()).toContain('filter');
    expect(names(sections('login'))[0]).not.toContain('quick');
  });
});
