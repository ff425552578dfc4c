import { expect, test } from 'vitest';
import type { PeerChain } from './peer-chain.ts';
import { TlsSessions } from './tls-sessions.ts';

const HOUR = 3_600_000;
const ticket = (text: string) => Buffer.from(text);
/** Told apart by identity alone. */
const someChain = () => ({ facts: [] }) as unknown as PeerChain;

function sessions() {
  const clock = { now: 0 };
  return { clock, sessions: new TlsSessions(() => clock.now) };
}

test('what is kept is found with its chain, and the newest ticket counts', () => {
  const { sessions: kept } = sessions();
  const chain = someChain();
  expect(kept.find('a')).toBeUndefined();
  kept.keep('a', ticket('1'), chain);
  kept.keep('a', ticket('2'), chain);
  kept.keep('b', ticket('3'), undefined);
  expect(kept.find('a')).toMatchObject({ ticket: ticket('2'), chain });
  expect(kept.find('a')?.chain).toBe(chain);
  kept.forget('a');
  expect(kept.find('a')).toBeUndefined();
  expect(kept.find('b')?.ticket).toEqual(ticket('3'));
});

test('a chain is verified anew after an hour, however often it was resumed in between', () => {
  const { clock, sessions: kept } = sessions();
  const chain = someChain();
  kept.keep('a', ticket('1'), chain);
  clock.now = HOUR - 1;
  kept.keep('a', ticket('2'), chain);
  expect(kept.find('a')).toBeDefined();
  clock.now = HOUR + 1;
  expect(kept.find('a')).toBeUndefined();
  kept.keep('a', ticket('3'), someChain());
  clock.now += HOUR;
  expect(kept.find('a')?.ticket).toEqual(ticket('3'));
});

test('a thousand are kept; those used longest ago go first', () => {
  const { sessions: kept } = sessions();
  for (let i = 0; i < 1000; i += 1) kept.keep(String(i), ticket('x'), undefined);
  kept.find('0');
  kept.keep('new', ticket('x'), undefined);
  expect(kept.find('0')).toBeDefined();
  expect(kept.find('1')).toBeUndefined();
  expect(kept.find('2')).toBeDefined();
});
