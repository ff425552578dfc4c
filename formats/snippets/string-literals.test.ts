/**
 * Literals are read back by the language itself where it is at hand (JavaScript, the shell, Python and Java where they are installed), and by a
 * reader of the language's own rules for literals where it is not.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runBash } from '../testing/echo-server.ts';
import { type Language, LITERALS } from './string-literals.ts';

const HOSTILE = [
  '"; evil(); "',
  "'; evil(); '",
  '`evil`',
  '$(evil) ${evil} $evil',
  '#{evil} #$evil',
  '\\(evil) \\u0022 \\x22 \\',
  'line\nbreak\r\n\ttab',
  '\u2018\u2019\u201c\u201d ‚‛„',
  '\u202e\u2028\u0000\u0001\u007f9',
  'é 中 🚀 \u{e0001}7',
  '??/" trigraph ??=',
  '%s %n @{x} {{y}}',
];
const any = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: fc.constantFrom(...'\'"`\\$#{}()@!?%\n\r\t a0u\u2019\u201d') }),
  fc.string({ unit: 'grapheme' }),
);

const installed = (program: string, ...args: string[]) => spawnSync(program, args).status === 0;

describe('JavaScript', () => {
  it.each(['"', "'"])('reads what stands between %s', (delimiter) => {
    fc.assert(
      fc.property(any, (text) => {
        expect(runInNewContext(`${delimiter}${LITERALS.javascript(text, delimiter)}${delimiter}`)).toBe(text);
      }),
    );
  });
});

describe('the shell', () => {
  it('reads what stands between single quotation marks', async () => {
    const texts = HOSTILE.map((text) => text.replaceAll('\0', ''));
    const words = texts.map((text) => `'${LITERALS.shell(text, "'")}'`).join(' ');
    const output = await runBash(`printf '%s\\0' ${words}`);
    expect(output.toString().split('\0').slice(0, -1)).toEqual(texts);
  });
});

describe.skipIf(!installed('python3', '--version'))('Python (skipped where it is not installed)', () => {
  it('reads what stands between either quotation marks', () => {
    const literals = HOSTILE.flatMap((text) =>
      ['"', "'"].map((mark) => `${mark}${LITERALS.python(text, mark)}${mark}`),
    );
    const program = `import json\nprint(json.dumps([${literals.join(',')}]))`;
    const { stdout, stderr } = spawnSync('python3', ['-'], { input: program });
    expect(String(stderr)).toBe('');
    expect(JSON.parse(String(stdout))).toEqual(HOSTILE.flatMap((text) => [text, text]));
  });
});

describe.skipIf(!installed('java', '-version') || !installed('javac', '-version'))(
  'Java (skipped where it is not installed)',
  () => {
    it('reads what stands between quotation marks', () => {
      const folder = mkdtempSync(join(tmpdir(), 'sluice-java-'));
      try {
        const literals = HOSTILE.map((text) => `"${LITERALS.java(text, '"')}"`).join(',');
        const program = `class T { public static void main(String[] a) { for (String s : new String[] {${literals}}) {
        StringBuilder b = new StringBuilder(); for (char c : s.toCharArray()) b.append((int) c).append(' '); System.out.println(b); } } }`;
        writeFileSync(join(folder, 'T.java'), program);
        const options = ['-XX:TieredStopAtLevel=1', '-Dfile.encoding=UTF-8', join(folder, 'T.java')];
        const { stdout, stderr } = spawnSync('java', options, { timeout: 19_000 });
        const read = String(stdout)
          .trim()
          .split('\n')
          .map((line) => String.fromCharCode(...line.trim().split(' ').map(Number)));
        expect(read, String(stderr)).toEqual(HOSTILE);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  },
);

/** How a language reads the inside of a literal: an escape to its text, anything that would end the literal or be replaced to undefined. */
type Reader = (inner: string) => string | undefined;

const point = (digits: string | undefined) => String.fromCodePoint(Number.parseInt(digits ?? '', 16));
const NAMED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** Escapes with backslashes; `bad` is what must not stand there bare. */
const reader =
  (bad: RegExp, more: (name: string) => string | undefined = () => undefined): Reader =>
  (inner) => {
    let ended = false;
    const text = inner.replace(
      /\\(u\{[0-9a-f]+\}|U[0-9a-f]{8}|u[0-9a-f]{4}|[0-7]{3}|.)|([^\\])/gsu,
      (_, name?: string, bare?: string) => {
        if (bare !== undefined) {
          if (bad.test(bare)) ended = true;
          return bare;
        }
        if (name === undefined) return '';
        if (/^[uU]/.test(name)) return point(/[0-9a-f]+/.exec(name.slice(1))?.[0]);
        if (/^[0-7]{3}$/.test(name)) return `\ue000${name}`;
        return more(name) ?? NAMED[name] ?? name;
      },
    );
    return ended ? undefined : text;
  };
/** Octal escapes as octets of UTF-8. */
const octals: Reader = (inner) => {
  const text = reader(/["\n\r]/)(inner);
  return text?.replace(/(?:\ue000[0-7]{3})+/g, (run) =>
    Buffer.from(
      run
        .split('\ue000')
        .slice(1)
        .map((digits) => Number.parseInt(digits, 8)),
    ).toString(),
  );
};
const single: Reader = (inner) =>
  /^(?:[^\\']|\\[\\'])*$/.test(inner) ? inner.replace(/\\([\\'])/g, '$1') : undefined;

describe('by their own rules', () => {
  it.each<[Language, string, Reader]>([
    ['go', '"', reader(/["\n\r]/)],
    ['kotlin', '"', reader(/["\n\r$]/)],
    ['csharp', '"', reader(/["\n\r]/)],
    ['swift', '"', reader(/["\n\r]/)],
    ['rust', '"', reader(/"/)],
    ['c', '"', octals],
    ['php', '"', reader(/["$]/)],
    ['php', "'", single],
    ['ruby', '"', reader(/["#]/)],
    ['ruby', "'", single],
    [
      'powershell',
      "'",
      (inner) =>
        /^(?:[^'\u2018-\u201b]|(['\u2018-\u201b])\1)*$/.test(inner)
          ? inner.replace(/(['\u2018-\u201b])\1/g, '$1')
          : undefined,
    ],
    [
      'powershell',
      '"',
      (inner) =>
        /^(?:[^`$"\u201c-\u201e]|`[\s\S])*$/.test(inner)
          ? inner.replace(/`([\s\S])/g, (_, char: string) => (char === '0' ? '\0' : char))
          : undefined,
    ],
  ])('%s reads what stands between %s', (language, delimiter, read) => {
    fc.assert(
      fc.property(any, (text) => {
        expect(read(LITERALS[language](text, delimiter))).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  it('C has no trigraphs left', () => {
    expect(LITERALS.c('??/', '"')).not.toContain('??');
  });
});

it('nothing hides from the eye where the language has escapes', () => {
  for (const language of [
    'javascript',
    'python',
    'go',
    'java',
    'kotlin',
    'csharp',
    'swift',
    'rust',
    'c',
  ] as const) {
    expect(LITERALS[language]('a\u202eb\u0000', '"')).toMatch(/^[ -~]*$/);
  }
});
