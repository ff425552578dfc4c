import { describe, expect, it } from 'vitest';
import { commandFinder } from './command-finder.ts';
import { LSOF, readLsof } from './lsof.ts';

/** `lsof -nP +c0 -iTCP -sTCP:ESTABLISHED -Fpcn` of macOS. */
const OUTPUT = `p612
cGoogle\\x20Chrome\\x20Helper
f23
n127.0.0.1:52011->127.0.0.1:8866
f25
n192.168.1.7:52040->17.57.144.84:443
p844
ccurl
f5
n[::1]:52090->[::1]:8866
p901
cnode
f18
n*:8866
f30
n127.0.0.1:8866->127.0.0.1:52011
`;

describe('what lsof prints', () => {
  it('is read: processes by the address of their end', () => {
    expect([...readLsof([OUTPUT])]).toEqual([
      ['127.0.0.1:52011', { name: 'Google Chrome Helper', id: 612 }],
      ['192.168.1.7:52040', { name: 'Google Chrome Helper', id: 612 }],
      ['[::1]:52090', { name: 'curl', id: 844 }],
      ['127.0.0.1:8866', { name: 'node', id: 901 }],
    ]);
  });

  it('may be nothing', () => {
    expect([...readLsof(['']), ...readLsof([])]).toEqual([]);
  });
});

it('asks for connections alone, names in full, nothing resolved', async () => {
  const ran: string[] = [];
  await using finder = commandFinder(LSOF, async (program, args) => {
    ran.push([program, ...args].join(' '));
    return OUTPUT;
  });
  expect([...(await finder.find(['[::1]:52090', '127.0.0.1:1']))]).toEqual([
    ['[::1]:52090', { name: 'curl', id: 844 }],
  ]);
  expect(ran).toEqual(['lsof -nP +c0 -iTCP -sTCP:ESTABLISHED -Fpcn']);
});
