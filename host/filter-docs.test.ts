/** docs/filters.md is true: every field is in it, every example parses, every translation is the one that is made. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FILTER_FIELDS, OPERATORS } from '#model/filter/ast.ts';
import { FIELDS } from '#model/filter/fields.ts';
import { translateMitmproxy } from '#model/filter/mitmproxy.ts';
import { parseFilter } from '#model/filter/parse.ts';
import { FUNCTIONS, parseQuery } from '#model/filter/query.ts';

const text = readFileSync(new URL('../docs/filters.md', import.meta.url), 'utf8');
const section = (title: string) => text.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';

/** Lines of the code blocks of one kind. */
const examples = (kind: string) =>
  [...text.matchAll(new RegExp(`\`\`\`${kind}\\n([\\s\\S]*?)\`\`\``, 'g'))].flatMap(([, block = '']) =>
    block.trimEnd().split('\n'),
  );
/** Rows of the first table of a section, their cells without the marks of code. */
const table = (title: string) =>
  section(title)
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .replace(/^\||\|$/g, '')
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim().replace(/^`|`$/g, '').replaceAll('\\|', '|')),
    );

describe('docs/filters.md', () => {
  it('has examples that are filters', () => {
    expect(examples('filter').length).toBeGreaterThan(20);
    for (const example of examples('filter'))
      expect(parseFilter(example), example).toMatchObject({ ok: true });
  });

  it('has tables that are tables', () => {
    expect(examples('query').length).toBeGreaterThan(5);
    for (const example of examples('query')) {
      expect(parseQuery(example), example).toMatchObject({ ok: true, table: expect.anything() });
    }
  });

  it('names every field once, with an example of it', () => {
    const rows = table('Fields');
    expect(rows.map(([name = '']) => name.split(':')[0]).toSorted()).toEqual([...FILTER_FIELDS].toSorted());
    for (const [name = '', , example = ''] of rows) {
      const field = FILTER_FIELDS.find((one) => one === name.split(':')[0]);
      expect(name.includes(':'), name).toBe(field !== undefined && FIELDS[field].named !== undefined);
      expect(example.startsWith(field ?? '?'), example).toBe(true);
      expect(parseFilter(example), example).toMatchObject({
        ok: true,
        filter: expect.not.objectContaining({ type: 'word' }),
      });
    }
  });

  it('names every operator and function', () => {
    for (const operator of OPERATORS) expect(section('Operators')).toContain(operator);
    for (const name of FUNCTIONS) expect(section('Tables')).toContain(`\`${name}\``);
  });

  it('translates from mitmproxy as the program does', () => {
    const rows = table('From mitmproxy');
    expect(rows.length).toBeGreaterThan(4);
    for (const [from = '', to = ''] of rows) {
      expect(translateMitmproxy(from), from).toEqual({ ok: true, text: to });
      expect(parseFilter(to)).toMatchObject({ ok: true });
    }
  });
});
