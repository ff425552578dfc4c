import { beforeEach, describe, expect, it } from 'vitest';
import { countFieldAgain, ignoredFieldsOf, ignoreField, useCompare } from './compare.ts';
import { usePreferences } from './preferences.ts';

beforeEach(() => {
  useCompare.setState(useCompare.getInitialState());
  usePreferences.setState(usePreferences.getInitialState());
});

describe('the two sides', () => {
  it('are kept, compared, and swapped; what was kept is used up', () => {
    const { keep, compare, swap } = useCompare.getState();
    swap();
    expect(useCompare.getState().shown).toBeUndefined();
    keep([3, 4]);
    expect(useCompare.getState().kept).toEqual([3, 4]);
    compare({ a: [3, 4], b: [7] });
    expect(useCompare.getState()).toMatchObject({ kept: [], shown: { a: [3, 4], b: [7] } });
    swap();
    expect(useCompare.getState().shown).toEqual({ a: [7], b: [3, 4] });
  });
});

describe('fields that do not count', () => {
  const ignored = () => ignoredFieldsOf(usePreferences.getState());

  it('are kept among the preferences, each once', () => {
    const kept: string[] = [];
    usePreferences.setState({ keep: (name, value) => kept.push(`${name}=${value}`) });
    expect(ignoreField('response.body.at')).toBe(true);
    expect(ignoreField(' response.body.at ')).toBe(true);
    expect(ignoreField('')).toBe(true);
    expect(ignoreField('request.header.*')).toBe(true);
    expect(ignored()).toEqual(['response.body.at', 'request.header.*']);
    expect(kept.at(-1)).toBe('compare.ignore=response.body.at\nrequest.header.*');
  });

  it('count again when they are taken out', () => {
    ignoreField('a');
    ignoreField('b');
    countFieldAgain('a');
    countFieldAgain('c');
    expect(ignored()).toEqual(['b']);
  });

  it('have only so much room', () => {
    expect(ignoreField('x'.repeat(4000))).toBe(true);
    expect(ignoreField('y'.repeat(400))).toBe(false);
    expect(ignored()).toHaveLength(1);
  });
});
