import type { LookupFunction } from 'node:net';
import { describe, expect, it, test, vi } from 'vitest';
import { resolveHost } from './lookup.ts';

const { signal } = new AbortController();
const answering = (...results: unknown[]) =>
  ((_name: string, _options: unknown, done: (...all: unknown[]) => void) =>
    done(...results)) as LookupFunction;

test.each([
  ['192.0.2.7', 4],
  ['2001:db8::7', 6],
  ['fe80::1%eth0', 6],
  ['::ffff:192.0.2.7', 6],
])('57 %s is its own address and nobody is asked', async (address, family) => {
  const lookup = vi.fn();
  expect(await resolveHost(address, lookup, signal)).toEqual([{ address, family }]);
  expect(lookup).not.toHaveBeenCalled();
});

describe('a lookup of the caller’s', () => {
  it('is asked for all addresses, whose order stays', async () => {
    const all = [
      { address: '2001:db8::7', family: 6 },
      { address: '192.0.2.7', family: 4 },
    ];
    const lookup = vi.fn(answering(null, all));
    expect(await resolveHost('origin.test', lookup as unknown as LookupFunction, signal)).toEqual(all);
    expect(lookup).toHaveBeenCalledWith('origin.test', { all: true }, expect.any(Function));
  });

  it.each([
    [['192.0.2.7', 4], { address: '192.0.2.7', family: 4 }],
    [['2001:db8::7'], { address: '2001:db8::7', family: 6 }],
  ])('may answer with one: %j', async (answer, address) => {
    expect(await resolveHost('origin.test', answering(null, ...answer), signal)).toEqual([address]);
  });

  it.each([[[]], [['']], [[[]]], [['evil.test', 4]], [[[{ address: '999.1.1.1', family: 4 }]]]])(
    'that answers %j has found nothing',
    async (answer) => {
      await expect(resolveHost('origin.test', answering(null, ...answer), signal)).rejects.toMatchObject({
        code: 'ENOTFOUND',
        message: expect.stringContaining('origin.test'),
      });
    },
  );

  it('fails with its own error', async () => {
    const error = Object.assign(new Error('try later'), { code: 'EAI_AGAIN' });
    await expect(resolveHost('origin.test', answering(error), signal)).rejects.toBe(error);
  });

  it('that throws fails too', async () => {
    const lookup: LookupFunction = () => {
      throw new TypeError('bad name');
    };
    await expect(resolveHost('origin.test', lookup, signal)).rejects.toThrow('bad name');
  });

  it('that never answers is given up by the signal', async () => {
    const controller = new AbortController();
    let answer = (..._all: unknown[]): void => {};
    const lookup: LookupFunction = (_name, _options, done) => {
      answer = done as typeof answer;
    };
    const asked = resolveHost('origin.test', lookup, controller.signal);
    controller.abort(new Error('enough'));
    await expect(asked).rejects.toThrow('enough');
    answer(null, [{ address: '192.0.2.7', family: 4 }]);
    await expect(resolveHost('origin.test', lookup, controller.signal)).rejects.toThrow('enough');
  });
});

test('the system resolves when the caller does not', async () => {
  const addresses = await resolveHost('localhost', undefined, signal);
  expect(addresses.map(({ address }) => address)).toSatisfy((all: string[]) =>
    all.every((one) => one === '127.0.0.1' || one === '::1'),
  );
  expect(addresses.length).toBeGreaterThan(0);
});
