import { beforeEach, describe, expect, it } from 'vitest';
import { usePreferences } from '../../state/preferences.ts';
import { useSessions } from '../../state/sessions.ts';
import { ownId } from './columns.ts';
import { columnLayout } from './use-columns.ts';
import { valueMenu } from './value-menu.ts';

beforeEach(() => {
  useSessions.setState(useSessions.getInitialState());
  usePreferences.setState(usePreferences.getInitialState());
});

function choose(field: 'header' | 'cookie' | 'query', name: string, value: string, id: string): void {
  const entry = valueMenu(field)({ name, value }).find((one) => one !== 'separator' && one.id === id);
  if (entry === undefined || entry === 'separator' || !('onSelect' in entry))
    throw new Error(`there is no ${id}`);
  entry.onSelect();
}
const typed = () => useSessions.getState().typed;

describe('a value in the inspector', () => {
  it('narrows the list to what has it, or has it not, beside the filter that is there', () => {
    useSessions.getState().setFilter('host:a', undefined);
    choose('header', 'Server', 'nginx', 'only');
    expect(typed()).toBe('host:a and header:Server=nginx');
    choose('cookie', 'sid', 'a "b"', 'without');
    expect(typed()).toBe('host:a and header:Server=nginx and cookie:sid!="a \\"b\\""');
  });

  it('becomes a column', () => {
    choose('query', 'page', '2', 'column');
    expect(columnLayout().at(-1)).toEqual({ id: ownId('query:page'), shown: true });
  });

  it('under a name that filters cannot say has no menu', () => {
    expect(valueMenu('cookie')({ name: 'a b(', value: 'x' })).toEqual([]);
  });

  it('that is long is shortened in the menu alone', () => {
    const [only] = valueMenu('header')({ name: 'x', value: 'v'.repeat(100) });
    if (only === undefined || only === 'separator') throw new Error('there is no menu');
    expect(only.label.length).toBeLessThan(60);
  });
});
