import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TriageEntry } from '#model/triage.ts';
import { readTriage, withEntry } from './triage-file.ts';

const FILE = `# ours
version = 1

# the theme is no secret
[[finding]]
check = "cookie-no-httponly" # whichever cookie
parameter = "theme"
status = "accepted"

[[finding]]
check = "personal-data"
endpoint = "GET https://shop.test/docs/*"
status = "false-positive"
reason = "numbers of examples"

[[finding]]
check = "csp-*"
severity = "info"
since = 2026-11-24T16:00:00Z
`;
const entriesOf = (text: string) => {
  const read = readTriage(text);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.entries;
};

describe('reading', () => {
  it('gives the entries in their order, dates as moments', () => {
    expect(entriesOf(FILE)).toEqual([
      { check: 'cookie-no-httponly', parameter: 'theme', status: 'accepted' },
      {
        check: 'personal-data',
        endpoint: 'GET https://shop.test/docs/*',
        status: 'false-positive',
        reason: 'numbers of examples',
      },
      { check: 'csp-*', severity: 'info', since: Date.UTC(2026, 10, 24, 16) },
    ]);
    expect(entriesOf('')).toEqual([]);
    expect(entriesOf('version = 1\n')).toEqual([]);
  });

  it('gives the filters of logins and logouts', () => {
    const text = '[accounts]\nlogin = "method:POST path:/enter"\nlogout = "path:/leave"\n';
    expect(readTriage(text)).toEqual({
      ok: true,
      entries: [],
      accounts: { login: 'method:POST path:/enter', logout: 'path:/leave' },
    });
  });

  it.each([
    ['[accounts]\nlogin = "path:/x"\nlogout = "statsu>3"\n', 3, 'logout: There is no field'],
    ['accounts = 3\n', 1, 'table'],
    ['version = 1\n\nfinding = = 2\n', 3, 'not TOML'],
    ['version = 2\n', 1, 'version'],
    ['[[findings]]\ncheck = "x"\n', 1, 'entries begin with [[finding]]'],
    ['[finding]\ncheck = "x"\n', 1, 'two brackets'],
    ['finding = [{ check = "x", status = "accepted" }]\n', 1, 'two brackets'],
    ['version = 1\n[[finding]]\ncheck = "x"\nstatus = "wontfix"\n', 4, 'status: '],
    ['[[finding]]\ncheck = "x"\n\nchekc = "y"\nstatus = "fixed"\n', 4, 'chekc'],
    ['[[finding]]\nstatus = "fixed"\n', 1, 'names a check'],
    [
      '[[finding]]\ncheck = "a"\nstatus = "fixed"\n\n[[finding]]\ncheck = 3\nstatus = "fixed"\n',
      6,
      'check: ',
    ],
    ['[[finding]]\ncheck = "x"\nstatus = "false-positive"\n', 1, 'reason'],
  ])('tells the line of what is wrong: %j', (text, line, message) => {
    expect(readTriage(text)).toMatchObject({
      ok: false,
      problems: [{ line, message: expect.stringContaining(message) }],
    });
  });
});

describe('writing', () => {
  const NEW: TriageEntry = { check: 'x', status: 'fixed', since: Date.UTC(2026, 0, 2, 3, 4, 5, 678) };

  it('adds to the end, and begins a file with what it is', () => {
    const text = withEntry('', undefined, NEW);
    expect(text).toBe(
      '# What was said of findings; each entry is for those that its patterns fit.\nversion = 1\n\n[[finding]]\ncheck = "x"\nstatus = "fixed"\nsince = 2026-01-02T03:04:05.678Z\n',
    );
    const longer = withEntry(FILE, undefined, NEW);
    expect(longer.startsWith(FILE)).toBe(true);
    expect(entriesOf(longer)).toEqual([...entriesOf(FILE), NEW]);
  });

  it.each([0, 1, 2])('replaces entry %d and leaves the others and their comments', (index) => {
    const text = withEntry(FILE, index, NEW);
    expect(entriesOf(text)).toEqual(entriesOf(FILE).with(index, NEW));
    expect(text).toContain('# the theme is no secret');
  });

  it.each([0, 1, 2])('takes entry %d away', (index) => {
    expect(entriesOf(withEntry(FILE, index, undefined))).toEqual(entriesOf(FILE).toSpliced(index, 1));
  });

  it('writes any text so that it is read again', () => {
    const word = fc.string({ unit: 'binary', minLength: 1 });
    fc.assert(
      fc.property(word, word, fc.nat(2), (check, reason, index) => {
        const entry = { check, status: 'false-positive' as const, reason: `r${reason}` };
        expect(entriesOf(withEntry(FILE, index, entry))[index]).toEqual(TriageEntry.parse(entry));
      }),
      { numRuns: 30 },
    );
  });
});
