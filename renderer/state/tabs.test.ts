import { beforeEach, describe, expect, it } from 'vitest';
import { NO_SCOPE } from './scope.ts';
import { selectOne } from './selection.ts';
import { selectedIds, useSessions } from './sessions.ts';
import { FRESH_VIEW, MOST_TABS, tabName, tabsNow, useTabs } from './tabs.ts';

beforeEach(() => {
  useSessions.setState(useSessions.getInitialState());
  useTabs.setState(useTabs.getInitialState());
});

const ids = () => useTabs.getState().tabs.map(({ id }) => id);
const filter = (text: string) => useSessions.getState().setFilter(text, undefined);

describe('tabs', () => {
  it('have each their own filter, order, scope and selection', () => {
    filter('host:a');
    useSessions.getState().sortBy('size');
    useSessions.getState().setScope({ ...NO_SCOPE, noise: ['static'] });
    useSessions.getState().select(selectOne(2, 20), undefined);
    useTabs.getState().add();
    expect(useSessions.getState()).toMatchObject({ filter: '', order: { by: 'id' }, scope: NO_SCOPE });
    expect(selectedIds()).toEqual([]);
    filter('host:b');
    useTabs.getState().show(1);
    expect(useSessions.getState()).toMatchObject({
      typed: 'host:a',
      order: { by: 'size' },
      scope: { noise: ['static'] },
    });
    expect(selectedIds()).toEqual([20]);
    useTabs.getState().show(2);
    expect(useSessions.getState().filter).toBe('host:b');
  });

  it('open beside the one that is shown, and not without end', () => {
    const { add, show } = useTabs.getState();
    add();
    show(1);
    add({ ...FRESH_VIEW, typed: 'x', filterText: 'x' });
    expect(ids()).toEqual([1, 3, 2]);
    expect(useTabs.getState().shown).toBe(3);
    expect(useSessions.getState().filter).toBe('x');
    for (let i = 0; i < MOST_TABS + 3; i++) add();
    expect(ids()).toHaveLength(MOST_TABS);
  });

  it('give way to a neighbour when they are closed; the last one stays', () => {
    const { add, close, show } = useTabs.getState();
    add();
    add();
    show(2);
    close(2);
    expect([ids(), useTabs.getState().shown]).toEqual([[1, 3], 3]);
    close(3);
    expect([ids(), useTabs.getState().shown]).toEqual([[1], 1]);
    close(1);
    close(99);
    expect(ids()).toEqual([1]);
  });

  it('leave the one that is shown alone when another one is closed', () => {
    useTabs.getState().add();
    filter('host:kept');
    useTabs.getState().close(1);
    expect(useSessions.getState().filter).toBe('host:kept');
    expect(ids()).toEqual([2]);
  });

  it('move to the left and right, as far as there is room', () => {
    const { add, move } = useTabs.getState();
    add();
    add();
    move(3, -1);
    expect(ids()).toEqual([1, 3, 2]);
    move(3, -2);
    move(2, 1);
    expect(ids()).toEqual([1, 3, 2]);
    move(1, 2);
    expect(ids()).toEqual([3, 2, 1]);
  });

  it('come back as they were', () => {
    const view = { ...FRESH_VIEW, typed: 'host:a', filterText: 'host:a' };
    useTabs.getState().restore(
      [
        { id: 5, name: 'A', view },
        { id: 7, name: '', view: FRESH_VIEW },
      ],
      5,
    );
    expect(useSessions.getState().filter).toBe('host:a');
    filter('host:b');
    expect(tabsNow(useTabs.getState()).map((tab) => tab.view.typed)).toEqual(['host:b', '']);
    useTabs.getState().restore([], 3);
    expect(ids()).toEqual([5, 7]);
  });
});

describe('their names', () => {
  const named = (name: string, view = {}) => tabName({ id: 1, name, view: { ...FRESH_VIEW, ...view } });
  const include = [{ host: 'a.test', path: ['v2'] }];

  it('are the ones they were given, or what they show', () => {
    expect(named('Checkout', { typed: 'x' })).toBe('Checkout');
    expect(named('', { typed: 'status>=400', scope: { ...NO_SCOPE, include } })).toBe('status>=400');
    expect(named('', { scope: { ...NO_SCOPE, include } })).toBe('a.test/v2');
    expect(named('')).toBeUndefined();
    expect(named('', { scope: { ...NO_SCOPE, noise: ['static'] } })).toBe('…');
  });

  it('are written without the spaces around them', () => {
    useTabs.getState().setRenaming(1);
    useTabs.getState().rename(1, '  Errors ');
    expect(useTabs.getState()).toMatchObject({ tabs: [{ name: 'Errors' }], renaming: undefined });
  });
});
