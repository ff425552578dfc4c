import { describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { rowJson, rowText, rowTitles } from './row-line.ts';

const row = (change: Parameters<typeof makeSession>[0] = {}) => makeSession(change).session.row;

describe('a session for programs', () => {
  const keys =
    'id startedAt method url status httpVersion requestBodySize responseBodySize mime durationMs error findings';

  it.each([
    {},
    { status: null, state: 'active' },
    { status: null, failure: { code: 'dns', detail: 'x' } },
  ] as const)('has every key always, in order: %j', (change) =>
    expect(Object.keys(JSON.parse(rowJson(row(change))))).toEqual(keys.split(' ')),
  );

  it('says null of what it has not', () => {
    expect(JSON.parse(rowJson(row({ status: null, state: 'active' })))).toMatchObject({
      status: null,
      mime: null,
      durationMs: null,
      error: null,
    });
    expect(JSON.parse(rowJson(row()))).toMatchObject({
      status: 200,
      mime: 'application/json',
      durationMs: 20,
    });
  });
});

describe('a session for people', () => {
  it('stands under its titles', () => {
    const titles = rowTitles();
    const line = rowText(row({ id: 7, responseBody: 'x'.repeat(2048) }));
    expect(line.slice(0, 6)).toBe('     7');
    expect(line.indexOf('GET')).toBe(titles.indexOf('METHOD'));
    expect(line.indexOf('200 ')).toBe(titles.indexOf('STATUS'));
    expect(line.indexOf('https://')).toBe(titles.indexOf('URL'));
    expect(line).toContain('2.0 KB');
  });

  it('shows why it failed, or that it is under way, where the status would be', () => {
    expect(rowText(row({ status: null, failure: { code: 'dns', detail: 'x' } }))).toContain(' dns ');
    expect(rowText(row({ status: null, state: 'active' }))).toContain(' … ');
  });

  it('does nothing to the terminal', () => {
    const hostile = row({ method: 'GE\u001b[31mT', responseHeaders: [['Content-Type', 'a/\u202ex']] });
    expect(rowText(hostile)).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(rowText(hostile)).toContain('\\u{1b}[31m');
  });
});
