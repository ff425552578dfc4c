import { describe, expect, it } from 'vitest';
import {
  type MaskedSecret,
  RedactionChoice,
  type RedactionSummary,
  summaryLine,
  summaryText,
} from './redaction.ts';

const secret = (changes: Partial<MaskedSecret> = {}): MaskedSecret => ({
  id: '0123456789abcdef',
  kind: 'jwt',
  sample: 'eyJhb…(212)',
  placeholder: '[redacted:jwt:1]',
  kept: false,
  count: 3,
  sessions: 2,
  firstSession: 7,
  places: ['URL', 'request header Authorization'],
  ...changes,
});
const summary = (changes: Partial<RedactionSummary> = {}): RedactionSummary => ({
  sessions: 10,
  masked: 2,
  kinds: [{ kind: 'jwt', secrets: 1, count: 3 }],
  secrets: [secret()],
  unread: [],
  unreadTotal: 0,
  ...changes,
});

it('is "off" or options within limits', () => {
  for (const good of ['off', {}, { patterns: ['a'], keep: ['x'] }])
    expect(RedactionChoice.safeParse(good).success).toBe(true);
  for (const bad of ['on', { patterns: [''] }, { patterns: Array(51).fill('a') }, null]) {
    expect(RedactionChoice.safeParse(bad).success).toBe(false);
  }
});

describe('a summary', () => {
  it('is one line', () => {
    expect(summaryLine(summary())).toBe('1 secret masked in 3 places: 1 jwt');
    const kinds = [
      { kind: 'cookie', secrets: 1200, count: 5000 },
      { kind: 'jwt', secrets: 1, count: 1 },
    ];
    expect(summaryLine({ kinds })).toBe('1,201 secrets masked in 5,001 places: 1,200 cookie, 1 jwt');
    expect(summaryLine({ kinds: [] })).toBeUndefined();
  });

  it('is a line for each secret, with how to keep it and where it stands', () => {
    const kept = secret({ kept: true, kind: 'cookie', sessions: 1, places: ['message'] });
    const { placeholder: _, ...keptOne } = kept;
    expect([...summaryText(summary({ secrets: [secret(), keptOne] }))]).toEqual([
      '1 secret masked in 3 places: 1 jwt',
      '  0123456789abcdef  jwt  eyJhb…(212)  [redacted:jwt:1]  3×  2 sessions, first 7: URL, request header Authorization',
      '  0123456789abcdef  cookie  eyJhb…(212)  kept as it is  3×  session 7: message',
    ]);
  });

  it('says what is not listed, and what was left out', () => {
    const unread = [{ session: 4, side: 'response' as const, reason: 'it is damaged' }];
    const lines = [
      ...summaryText(summary({ kinds: [{ kind: 'jwt', secrets: 9, count: 9 }], unread, unreadTotal: 3 })),
    ];
    expect(lines.slice(2)).toEqual([
      '  … and 8 more',
      '  left out: response body of session 4: it is damaged',
      '  … and 2 more bodies left out',
    ]);
    expect([...summaryText(summary({ kinds: [], secrets: [] }))]).toEqual(['No secrets were found.']);
  });
});
