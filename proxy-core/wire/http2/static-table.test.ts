import { expect, it } from 'vitest';
import { STATIC_PAIRS } from './static-table.ts';

it('is the table of RFC 7541, Appendix A', () => {
  expect(STATIC_PAIRS).toHaveLength(61);
  const at = (index: number) => STATIC_PAIRS[index - 1];
  expect(at(1)).toEqual([':authority', '']);
  expect(at(2)).toEqual([':method', 'GET']);
  expect(at(8)).toEqual([':status', '200']);
  expect(at(14)).toEqual([':status', '500']);
  expect(at(16)).toEqual(['accept-encoding', 'gzip, deflate']);
  expect(at(31)).toEqual(['content-type', '']);
  expect(at(55)).toEqual(['set-cookie', '']);
  expect(at(61)).toEqual(['www-authenticate', '']);
});
