import { describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { fileWord, partsBy } from './split-plan.ts';

const row = (host: string, startedAt = 0) => makeSession({ url: `https://${host}/`, startedAt }).session.row;

describe('parts', () => {
  it('are hosts, as words of a file name', () => {
    const partOf = partsBy('host');
    expect(['a.test', 'b.test:8443', '[::1]'].map((host) => partOf(row(host)))).toEqual([
      'a.test',
      'b.test',
      '_1_',
    ]);
  });

  it('are local days', () => {
    const noon = new Date(2026, 10, 4, 12).getTime();
    expect(partsBy('day')(row('a', noon))).toBe('2026-11-04');
  });

  it('are so many sessions each, in order', () => {
    const partOf = partsBy('2');
    expect(Array.from({ length: 5 }, () => partOf(row('a')))).toEqual(['001', '001', '002', '002', '003']);
  });

  it.each(['', '0', '-1', '1.5', 'size', '1e9'])('are not %j', (by) => {
    expect(() => partsBy(by)).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});

it('leads nowhere else, whatever a host is called', () => {
  expect(['../../etc', '..', '', 'a/b\\c', 'ä.test', 'x'.repeat(300)].map(fileWord)).toEqual([
    '_.._etc',
    'other',
    'other',
    'a_b_c',
    '_.test',
    'x'.repeat(100),
  ]);
});
