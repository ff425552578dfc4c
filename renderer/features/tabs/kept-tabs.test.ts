import { describe, expect, it } from 'vitest';
import { NO_SCOPE } from '../../state/scope.ts';
import { FRESH_VIEW, type Tab } from '../../state/tabs.ts';
import { readTabs, tabChanges } from './kept-tabs.ts';

const view = {
  ...FRESH_VIEW,
  filterText: 'host:a',
  typed: 'host:a',
  scope: {
    ...NO_SCOPE,
    include: [{ host: 'a.test', path: ['v2'] }],
    noise: ['static' as const],
    range: { from: 1, to: 2 },
  },
  open: [{ host: 'a.test', path: [] }],
  order: { by: 'size' as const, descending: true },
};
const TABS: readonly Tab[] = [
  { id: 3, name: 'Mine', view },
  { id: 1, name: '', view: FRESH_VIEW },
];
const kept = (tabs: readonly Tab[], shown: number, before = {}) => ({
  ...before,
  ...Object.fromEntries(tabChanges(tabs, shown, before)),
});

describe('tabs', () => {
  it('come back as they were kept', () => expect(readTabs(kept(TABS, 3))).toEqual({ tabs: TABS, shown: 3 }));

  it('are written where they have changed', () => {
    const before = kept(TABS, 3);
    expect(tabChanges(TABS, 3, before)).toEqual([]);
    expect(tabChanges(TABS, 1, before)).toEqual([['tabs.order', '3 1|1']]);
    expect(tabChanges(TABS.slice(1), 1, before)).toEqual([
      ['tabs.order', '1|1'],
      ['tab.3', ''],
    ]);
  });

  it('without their selections', () => {
    const selected = { ...view, selection: { ids: new Set([1]), cursor: 0, anchor: 0 } };
    expect(tabChanges([{ id: 3, name: 'Mine', view: selected }], 3, kept(TABS.slice(0, 1), 3))).toEqual([]);
  });

  it('too long to be kept whole lose what is least missed', () => {
    const open = Array.from({ length: 200 }, (_, i) => ({ host: `host-${i}.acme.test`, path: [] }));
    const [tab] = readTabs(kept([{ id: 1, name: 'Long', view: { ...view, open } }], 1))?.tabs ?? [];
    expect(tab).toEqual({ id: 1, name: 'Long', view: { ...view, open: [] } });
    const filter = `host:${'a'.repeat(5000)}`;
    const long = { ...view, filterText: filter, typed: filter };
    const [named] = readTabs(kept([{ id: 1, name: 'Long', view: long }], 1))?.tabs ?? [];
    expect(named).toEqual({ id: 1, name: 'Long', view: FRESH_VIEW });
  });

  it.each([
    {},
    { 'tabs.order': '' },
    { 'tabs.order': '1 2|1' },
    { 'tabs.order': 'x 1|1', 'tab.1': '[' },
    { 'tabs.order': '1|1', 'tab.1': '"text"' },
  ])('of %j there are none', (values) => expect(readTabs(values)).toBeUndefined());

  it('of another version give what they can', () => {
    const values = {
      'tabs.order': '1 1 -2 1|7',
      'tab.1': JSON.stringify({
        name: 3,
        filter: 'host:a and',
        scope: { include: ['x', { host: 'a', path: [1] }], noise: ['new'], range: { from: 'x' } },
        order: 7,
      }),
    };
    expect(readTabs(values)).toEqual({
      shown: 7,
      tabs: [
        {
          id: 1,
          name: '',
          view: {
            ...FRESH_VIEW,
            filterText: 'host:a and',
            problem: expect.objectContaining({ start: expect.any(Number) }),
          },
        },
      ],
    });
  });
});
