import { expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { parcel } from './protocol.ts';

it('gives octets buffers of their own, which can be handed over while the sender keeps his', () => {
  const shared = new Uint8Array(Buffer.from('before|body|after'));
  const full = {
    ...makeSession({ messages: [{ direction: 'sent', at: 1, opcode: 1, data: new Uint8Array([1, 2]) }] }),
    requestBody: shared.subarray(7, 11),
  };
  const { full: parcelled, buffers } = parcel(full);
  expect(parcelled).toEqual(full);
  expect(buffers.map(({ byteLength }) => byteLength)).toEqual([4, full.responseBody.length, 2]);
  expect(new Set(buffers).size).toBe(3);
  structuredClone(parcelled, { transfer: buffers });
  expect(Buffer.from(full.requestBody).toString()).toBe('body');
  expect(parcelled.requestBody.length).toBe(0);
});
