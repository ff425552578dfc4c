import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hexDump, hexRow, offsetDigits, rowCount } from './hex-rows.ts';

const bytes = Uint8Array.from([0x47, 0x45, 0x54, 0x20, 0x00, 0xff, 0x7f]);

test('rows and digits', () => {
  expect(rowCount(0, 16)).toBe(0);
  expect(rowCount(16, 16)).toBe(1);
  expect(rowCount(17, 16)).toBe(2);
  expect(offsetDigits(0)).toBe(8);
  expect(offsetDigits(2 ** 32)).toBe(8);
  expect(offsetDigits(2 ** 32 + 1)).toBe(9);
});

test('a row shows offset, hex and what can be printed', () => {
  const row = hexRow(bytes, 0, 0, 16, 8);
  expect(row.offset).toBe('00000000');
  expect(row.cells.map((cell) => cell.hex).join(' ')).toBe('47 45 54 20 00 ff 7f');
  expect(row.cells.map((cell) => cell.char).join('')).toBe('GET ···');
});

test('a row that begins before the loaded part shows only what is there', () => {
  const row = hexRow(bytes, 20, 1, 16, 8);
  expect(row.offset).toBe('00000010');
  expect(row.cells).toHaveLength(7);
});

test('a range is marked, its end not', () => {
  const marked = hexRow(bytes, 0, 0, 16, 8, { start: 1, end: 3 }).cells.map((cell) => cell.marked);
  expect(marked).toEqual([false, true, true, false, false, false, false]);
});

test('a dump has a line for each row, in the form of hexdump -C', () => {
  expect(hexDump(bytes, 0)).toBe('00000000  47 45 54 20 00 ff 7f                             GET ···');
});

test('the cells of all rows are the bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.constantFrom(8, 16), (data, width) => {
      const all = Array.from({ length: rowCount(data.length, width) }, (_, i) =>
        hexRow(data, 0, i, width, 8),
      );
      expect(all.flatMap((row) => row.cells.map((cell) => Number.parseInt(cell.hex, 16)))).toEqual([...data]);
    }),
  );
});
