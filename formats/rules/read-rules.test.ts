import { expect, it } from 'vitest';
import { readForeignRules } from './read-rules.ts';

it('tells files apart by what is in them', async () => {
  const charles =
    '<?xml version="1.0"?><map><mappings><mapMapping><sourceLocation><protocol>http</protocol><host>a</host></sourceLocation><destLocation><host>b</host></destLocation></mapMapping></mappings></map>';
  expect((await readForeignRules(charles)).rules).toHaveLength(1);
  const farx = '<AutoResponder><State><ResponseRule Match="a" Action="*drop"/></State></AutoResponder>';
  expect((await readForeignRules(farx)).rules[0]?.actions).toEqual([{ action: 'close' }]);
  expect((await readForeignRules('modify_headers: ["/A/b"]')).rules).toHaveLength(1);
});

it('what could not be a rule is a note', async () => {
  const { rules, notes } = await readForeignRules(
    '<AutoResponder><ResponseRule Match="a" Action="http://"/><ResponseRule Match="b" Action="*drop"/></AutoResponder>',
  );
  expect([rules.length, notes]).toEqual([1, [{ what: 'a', why: expect.stringMatching(/URL/) }]]);
});

it.each([['{'], ['&a [*a]'], ['<a'], ['<!DOCTYPE x><map/>'], ['hello: 1'], ['']])(
  '%j is refused',
  async (text) => {
    await expect(readForeignRules(text)).rejects.toMatchObject({ code: 'bad-file' });
  },
);
