import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metadataText, readMetadata, type SazMetadata } from './metadata.ts';

const none = new Map<string, string>();
const withFlags = (...flags: [string, string][]): SazMetadata => ({
  session: new Map([['SID', '1']]),
  timers: none,
  pipe: none,
  flags: new Map(flags),
});

/** As Fiddler writes it, shortened. */
const FIDDLER = `\ufeff<?xml version="1.0" encoding="utf-8"?>
<Session SID="72" BitFlags="19">
  <SessionTimers ClientConnected="2025-08-30T11:33:29.356942-07:00" ClientBeginRequest="2025-08-30T11:34:28.6859373-07:00"
                 DNSTime="0" />
  <PipeInfo CltReuse="true" Reused="true" />
  <SessionFlags>
    <SessionFlag N="x-clientIP" V="127.0.0.1" />
    <SessionFlag N="x-responsebodytransferlength" V="3,643" />
    <SessionFlag N='ui-comments' V='a &lt;b&gt; &amp; "c" &#xE9;&#10;d' />
  </SessionFlags>
</Session>`;

describe('metadata', () => {
  it('of Fiddler is read', () => {
    const { session, timers, pipe, flags } = readMetadata(FIDDLER);
    expect([session.get('SID'), session.get('BitFlags')]).toEqual(['72', '19']);
    expect(timers.get('ClientBeginRequest')).toBe('2025-08-30T11:34:28.6859373-07:00');
    expect(pipe.get('Reused')).toBe('true');
    expect([...flags]).toEqual([
      ['x-clientip', '127.0.0.1'],
      ['x-responsebodytransferlength', '3,643'],
      ['ui-comments', 'a <b> & "c" \u00e9\nd'],
    ]);
  });

  it('is written as elements with attributes', () => {
    expect(metadataText(withFlags(['ui-color', '"red" & <b>\n']))).toBe(
      [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<Session SID="1">',
        '  <SessionTimers />',
        '  <PipeInfo />',
        '  <SessionFlags>',
        '    <SessionFlag N="ui-color" V="&#34;red&#34; &#38; &#60;b&#62;&#10;" />',
        '  </SessionFlags>',
        '</Session>',
        '',
      ].join('\r\n'),
    );
  });

  it('holds no character that XML does not', () => {
    const { flags } = readMetadata(metadataText(withFlags(['a', 'x\0\x1b\ud800\uffffy'])));
    expect(flags.get('a')).toBe('x\ufffd\ufffd\ufffd\ufffdy');
  });

  it('comes back exactly', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 30 });
    const clean = text.filter((value) => !/[^\P{C}\n\r\t\u200d]/u.test(value));
    const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,10}$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(name, clean), { maxLength: 5 }), (flags) => {
        const made = withFlags(...flags);
        expect(readMetadata(metadataText(made))).toEqual(made);
      }),
    );
  });

  it.each(['', '<Session', 'not XML at all', '<Session SID=1>', '<a b="c'])('is empty in %j', (text) => {
    expect(readMetadata(text)).toEqual({ session: none, timers: none, pipe: none, flags: none });
  });

  it('S1: declares no entities', () => {
    const bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><Session SID="&b;"/>';
    expect(() => readMetadata(bomb)).toThrow(expect.objectContaining({ code: 'bad-file' }));
    expect(readMetadata('<Session SID="&b;&#x110000;"/>').session.get('SID')).toBe('&b;&#x110000;');
  });

  it('S1: takes time in proportion to its length', () => {
    const started = performance.now();
    for (const piece of ['<Session SID="', "<A b='", '<A b=" c=', '<Session a="b" ', '&#', '<A   ']) {
      readMetadata(piece.repeat(1_000_000 / piece.length));
    }
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
