import { describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { markdownTable, tabbedRows } from './table-text.ts';

const row = (more = {}) => ({
  ...makeSession({
    id: 7,
    url: 'https://a.test/x?a=1|2',
    status: 404,
    durationMs: 61.26,
    responseBody: 'x'.repeat(1500),
  }).session.row,
  mime: 'text/plain',
  ...more,
});

describe('as Markdown', () => {
  it('is a table whose cells hold what they were given', () => {
    expect(markdownTable([row()]).split('\n')).toEqual([
      '| # | Method | Status | URL | Type | Size | Time |',
      '| --: | --- | --- | --- | --- | --: | --: |',
      '| 7 | GET | 404 | `https://a.test/x?a=1\\|2` | text/plain | 1.5 KB | 61 ms |',
    ]);
  });

  it('no session breaks out of its row', () => {
    const hostile = markdownTable([row({ method: 'G|E\\T', url: 'x`y\n| z', mime: 'a\r\nb' })]);
    expect(hostile.split('\n')).toHaveLength(3);
    expect(hostile.split('\n')[2]).toBe('| 7 | G\\|E\\\\T | 404 | `` x`y \\| z `` | a b | 1.5 KB | 61 ms |');
  });

  it('of a failed session says why it failed', () => {
    expect(markdownTable([row({ status: undefined, error: 'dns', durationMs: undefined })])).toContain(
      '| GET | dns |',
    );
  });
});

describe('for a spreadsheet', () => {
  it('has tabs between cells and figures as they are', () => {
    expect(tabbedRows([row()]).split('\n')[1]).toBe(
      '7\tGET\t404\thttps://a.test/x?a=1|2\ttext/plain\t1500\t61.3',
    );
  });

  it('has no formulas', () => {
    const cells = tabbedRows([row({ method: '=cmd()', mime: '+1', url: 'a\tb' })])
      .split('\n')[1]
      ?.split('\t');
    expect(cells).toEqual(['7', "'=cmd()", '404', 'a b', "'+1", '1500', '61.3']);
  });
});
