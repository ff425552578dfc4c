import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { HeaderPair } from '#model/headers.ts';
import { framed, reframed, withDigests, withoutFraming } from './framing-fields.ts';

describe('framing', () => {
  const came: HeaderPair[] = [
    ['content-LENGTH', '5'],
    ['A', '1'],
  ];
  const coded: HeaderPair[] = [['Transfer-Encoding', 'chunked']];

  it('of a body that is the one that came stays, whatever was done to its fields', () => {
    expect(framed(came, { kind: 'length', length: 5 }, came, false)).toEqual(came);
    expect(framed([['A', '1']], { kind: 'length', length: 5 }, came, false)).toEqual([
      ['A', '1'],
      ['content-LENGTH', '5'],
    ]);
    expect(
      framed(
        [
          ['Content-Length', '9'],
          ['transfer-encoding', 'x'],
        ],
        { kind: 'chunked' },
        coded,
        false,
      ),
    ).toEqual(coded);
  });

  it('of another body says its length, under the name it had', () => {
    expect(framed(came, { kind: 'length', length: 7 }, came, true)).toEqual([
      ['A', '1'],
      ['content-LENGTH', '7'],
    ]);
    expect(framed([], { kind: 'length', length: 7 }, [], true)).toEqual([['Content-Length', '7']]);
    expect(framed(came, { kind: 'none' }, came, true)).toEqual([
      ['A', '1'],
      ['content-LENGTH', '0'],
    ]);
    expect(framed([...came], { kind: 'chunked' }, coded, true)).toEqual([['A', '1'], ...coded]);
  });

  it('in chunks stays in chunks, for trailers', () => {
    expect(reframed({ kind: 'chunked' }, 3)).toEqual({ kind: 'chunked' });
    expect(reframed({ kind: 'until-close' }, 0)).toEqual({ kind: 'until-close' });
    expect(reframed({ kind: 'none' }, 3)).toEqual({ kind: 'length', length: 3 });
    expect(reframed({ kind: 'length', length: 3 }, 0)).toEqual({ kind: 'none' });
  });

  it('can be taken out', () => expect(withoutFraming([...came, ...coded])).toEqual([['A', '1']]));
});

it('digests are those of the new body, and go where their algorithm is not known', () => {
  const body = Buffer.from('new');
  const sha = createHash('sha256').update(body).digest('base64');
  const md5 = createHash('md5').update(body).digest('base64');
  expect(
    withDigests(
      [
        ['Content-MD5', 'x'],
        ['Content-Digest', 'sha-256=:x:, crc=:y:'],
        ['Digest', 'SHA-256=x'],
        ['Repr-Digest', 'crc=:y:'],
        ['A', 'b'],
      ],
      body,
    ),
  ).toEqual([
    ['Content-MD5', md5],
    ['Content-Digest', `sha-256=:${sha}:`],
    ['Digest', `SHA-256=${sha}`],
    ['A', 'b'],
  ]);
});
