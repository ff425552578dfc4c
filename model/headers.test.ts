import { describe, expect, it } from 'vitest';
import { headerValue, headerValues, pairsFromFlat, parseMediaType } from './headers.ts';

const headers = pairsFromFlat(['Set-Cookie', 'a=1', 'X-Name', 'caf\u00e9', 'set-cookie', 'b=2']);

describe('header pairs', () => {
  it('keep order, case and duplicates', () => {
    expect(headers).toEqual([
      ['Set-Cookie', 'a=1'],
      ['X-Name', 'caf\u00e9'],
      ['set-cookie', 'b=2'],
    ]);
  });

  it('are looked up without regard to case', () => {
    expect(headerValue(headers, 'SET-COOKIE')).toBe('a=1');
    expect(headerValues(headers, 'Set-Cookie')).toEqual(['a=1', 'b=2']);
    expect(headerValue(headers, 'absent')).toBeUndefined();
    expect(headerValues(headers, 'absent')).toEqual([]);
  });

  it('ignore a dangling name', () => {
    expect(pairsFromFlat(['A'])).toEqual([]);
  });
});

describe('parseMediaType', () => {
  it('lower-cases the essence and the parameter names, and unquotes values', () => {
    const type = parseMediaType('Application/JSON; Charset="UTF-8"; q=1');
    expect(type?.essence).toBe('application/json');
    expect([...(type?.parameters ?? [])]).toEqual([
      ['charset', 'UTF-8'],
      ['q', '1'],
    ]);
  });

  it.each([undefined, '', 'json', '/', 'a/', '; charset=utf-8'])('refuses %j', (value) => {
    expect(parseMediaType(value)).toBeUndefined();
  });
});
