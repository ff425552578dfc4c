import { expect, it } from 'vitest';
import { ErrorCode, errorName, Http2Fault } from './http2-fault.ts';

it('names the codes of RFC 9113 §7, and numbers the others', () => {
  expect(errorName(0)).toBe('NO_ERROR');
  expect(errorName(ErrorCode.ENHANCE_YOUR_CALM)).toBe('ENHANCE_YOUR_CALM');
  expect(errorName(13)).toBe('HTTP_1_1_REQUIRED');
  expect(errorName(0xff)).toBe('error 0xff');
});

it('a fault carries its code', () => {
  expect(new Http2Fault('FRAME_SIZE_ERROR', 'x')).toMatchObject({ code: 6, message: 'x' });
});
