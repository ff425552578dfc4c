import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  added,
  FIRST_LAYOUT,
  formatLayout,
  moved,
  nudged,
  parseLayout,
  removed,
  resized,
  shownColumns,
  template,
  toggled,
} from './column-layout.ts';
import { COLUMN_IDS, isOwn, MOST_OWN, ownId } from './columns.ts';

const ids = (layout: ReturnType<typeof parseLayout>) => layout.map(({ id }) => id);
const shown = (layout: ReturnType<typeof parseLayout>, room = 2000) =>
  shownColumns(layout, room).map(({ id }) => id);

describe('a layout as text', () => {
  it('is read as it was written', () => {
    const layout = toggled(resized(moved(FIRST_LAYOUT, 'host', 'id'), 'path', 333), 'waterfall');
    expect(parseLayout(formatLayout(layout))).toEqual(layout);
  });

  it('always has every column once, whatever the text', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...COLUMN_IDS), fc.string())), (words) => {
        const builtIn = ids(parseLayout(words.join(' '))).filter((id) => !isOwn(id));
        expect(builtIn.toSorted()).toEqual([...COLUMN_IDS].toSorted());
      }),
    );
  });

  it('puts columns that it does not name where they belong', () => {
    expect(parseLayout('')).toEqual(FIRST_LAYOUT);
    expect(ids(parseLayout('host id'))).toEqual(
      expect.arrayContaining(['host', 'id', 'method', 'status', 'path']),
    );
    expect(ids(parseLayout('host id')).indexOf('method')).toBe(ids(parseLayout('host id')).indexOf('id') + 1);
  });

  it('keeps widths within reason and forgets nonsense', () => {
    const layout = parseLayout('path:9999 host:1 method:x');
    const width = (wanted: string) => layout.find(({ id }) => id === wanted)?.width;
    expect([width('path'), width('host'), width('method')]).toEqual([1200, 30, undefined]);
    expect(parseLayout(COLUMN_IDS.map((id) => `-${id}`).join(' '))).toEqual(FIRST_LAYOUT);
  });
});

describe('arranging', () => {
  it('moves a column before another, or to the end', () => {
    expect(ids(moved(FIRST_LAYOUT, 'path', 'id'))[0]).toBe('path');
    expect(ids(moved(FIRST_LAYOUT, 'id', undefined)).at(-1)).toBe('id');
    expect(moved(FIRST_LAYOUT, 'id', 'id')).toBe(FIRST_LAYOUT);
  });

  it('nudges past columns that are hidden', () => {
    expect(shown(nudged(FIRST_LAYOUT, 'protocol', 1)).slice(3, 5)).toEqual(['host', 'protocol']);
    expect(shown(nudged(FIRST_LAYOUT, 'host', -1)).slice(3, 5)).toEqual(['host', 'protocol']);
    expect(nudged(FIRST_LAYOUT, 'id', -1)).toBe(FIRST_LAYOUT);
    expect(nudged(FIRST_LAYOUT, 'waterfall', 1)).toBe(FIRST_LAYOUT);
  });

  it('never hides the last column', () => {
    const layout = COLUMN_IDS.reduce(
      (now, id) => (now.find((one) => one.id === id)?.shown ? toggled(now, id) : now),
      FIRST_LAYOUT,
    );
    expect(shown(layout)).toHaveLength(1);
  });
});

describe('what is shown', () => {
  it('leaves out the least telling columns of a narrow list', () => {
    expect(shown(FIRST_LAYOUT)).toContain('protocol');
    expect(shown(FIRST_LAYOUT, 700)).not.toContain('protocol');
    expect(shown(FIRST_LAYOUT, 600)).not.toContain('size');
  });

  it('keeps to what the user arranged', () => {
    expect(shown(resized(FIRST_LAYOUT, 'id', 80), 500)).toContain('protocol');
  });

  it('fills the room with the columns that share it, or with nothing', () => {
    expect(template(shownColumns(FIRST_LAYOUT, 2000))).toContain('minmax(92px, 1.7fr)');
    const fixed = resized(resized(FIRST_LAYOUT, 'host', 100), 'path', 200);
    expect(template(shownColumns(fixed, 2000))).toMatch(/100px 200px .* minmax\(0, 1fr\)$/);
  });
});

describe('columns that somebody made', () => {
  const layout = added(FIRST_LAYOUT, 'json:$.user name');
  const id = ownId('json:$.user name');

  it('are kept as one word, with their place and width', () => {
    const text = formatLayout(resized(moved(layout, id, 'host'), id, 90));
    expect(text).toContain('+json%3A%24.user%20name:90 host');
    expect(shown(parseLayout(text))).toContain(id);
  });

  it('are hidden, shown again and taken away', () => {
    const hidden = toggled(layout, id);
    expect(shown(hidden)).not.toContain(id);
    expect(shown(added(hidden, 'json:$.user name'))).toContain(id);
    expect(removed(layout, id)).toEqual(FIRST_LAYOUT);
  });

  it('are not without number, and no column where they mean nothing', () => {
    const many = Array.from({ length: 20 }, (_, i) => `header:x-${i}`).reduce(added, FIRST_LAYOUT);
    expect(many).toHaveLength(FIRST_LAYOUT.length + MOST_OWN);
    const text = Array.from({ length: 20 }, (_, i) => ownId(`header:x-${i}`)).join(' ');
    expect(parseLayout(text)).toHaveLength(FIRST_LAYOUT.length + MOST_OWN);
    expect(parseLayout('+ +%E0%A4%A')).toEqual(FIRST_LAYOUT);
  });
});
