import { describe, expect, it } from 'vitest';
import { SAZ_FORMAT } from './saz-format.ts';

const knows = (start: string, name: string) => SAZ_FORMAT.importer?.sniff(Buffer.from(start, 'latin1'), name);
const PK = 'PK\x03\x04\x14\0\0\0\x08\0';

describe('SAZ', () => {
  it.each([
    [`${PK}[Content_Types].xml`, 'x'],
    [`${PK}_index.htm`, 'x'],
    [`${PK}raw/`, 'x'],
    [`${PK}raw/01_c.txt`, 'x.zip'],
    [PK, 'x.SAZ'],
    ['PK\x05\x06', 'empty.saz'],
  ])('is %j named %s', (start, name) => {
    expect(knows(start, name)).toBe(true);
  });

  it.each([
    [PK, 'x.zip'],
    ['raw/01_c.txt', 'x.saz'],
    ['', 'x.saz'],
    ['{"log":', 'x.saz'],
  ])('is not %j named %s', (start, name) => {
    expect(knows(start, name)).toBe(false);
  });

  it('takes a password both ways', () => {
    expect([SAZ_FORMAT.importer?.takesPassword, SAZ_FORMAT.exporter?.takesPassword]).toEqual([true, true]);
  });
});
