import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { masking, opaque, repeated } from '../testing/masking.ts';
import { rewriteJson } from './rewrite-json.ts';

const rewritten = (text: string) => {
  const { masker, inner } = masking();
  return rewriteJson(text, masker, inner);
};
const token = opaque();

describe('secrets in JSON', () => {
  it('are masked by their keys, everything else stays octet for octet', () => {
    expect(rewritten('{ "user" : "alice",\n\t"password" : "Tr0ub\\"4dor" , "n":1.50e3, "ok":true }')).toBe(
      '{ "user" : "alice",\n\t"password" : "[redacted:password:1]" , "n":1.50e3, "ok":true }',
    );
  });

  it('are numbers too, and become strings', () => {
    expect(rewritten('{"pin":1234,"id":1234,"otp":[123456,654321]}')).toBe(
      '{"pin":"[redacted:otp:1]","id":1234,"otp":["[redacted:otp:2]","[redacted:otp:3]"]}',
    );
  });

  it('are in lists under the key, in objects that name their value, in JSON inside strings', () => {
    expect(rewritten(`{"tokens":1,"token":["${token}"]}`)).toBe(
      '{"tokens":1,"token":["[redacted:token:1]"]}',
    );
    expect(rewritten('[{"name":"password","value":"Tr0ub4dor"},{"name":"colour","value":"Tr0ub4dor"}]')).toBe(
      '[{"name":"password","value":"[redacted:password:1]"},{"name":"colour","value":"Tr0ub4dor"}]',
    );
    const inside = JSON.stringify({ a: JSON.stringify({ api_key: token }) });
    expect(JSON.parse(JSON.parse(rewritten(inside)).a)).toEqual({ api_key: '[redacted:api-key:1]' });
  });

  it('keep the word before them', () => {
    expect(rewritten(`{"authorization":"Bearer ${token}"}`)).toBe(
      '{"authorization":"Bearer [redacted:authorization:1]"}',
    );
  });

  it('are found in sequences, behind guards, and as far as broken text makes sense', () => {
    expect(rewritten(`{"token":"${token}"}\n{"token":"${token}"}`)).toBe(
      '{"token":"[redacted:token:1]"}\n{"token":"[redacted:token:1]"}',
    );
    expect(rewritten(`)]}',\n{"token":"${token}"}`)).toContain('[redacted');
    expect(rewritten(`{"a":nonsense,"token":"${token}","b":"unclosed`)).toContain('[redacted');
    expect(rewritten(`{"token":null,"a":"${token}"}`)).toBe(`{"token":null,"a":"${token}"}`);
  });

  it('leave JSON that parses to the same but for them', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify({ value, password: 'Tr0ub4dor&3' });
        const { masker } = masking();
        const after = JSON.parse(rewriteJson(text, masker, (inner) => inner));
        expect(after.password).toBe('[redacted:password:1]');
        // Keys that fast-check makes name no secrets.
        expect(JSON.stringify(after.value)).toBe(JSON.stringify(value));
      }),
    );
  });

  it.each(['[', '{"a":', '"', '\\"', '"\\', '-', '{"password":"', 'tru', '[1,'])(
    'take linear time in %s',
    (piece) => {
      const started = performance.now();
      rewritten(repeated(piece));
      expect(performance.now() - started).toBeLessThan(5000);
    },
  );
});
