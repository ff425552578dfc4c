import { describe, expect, it } from 'vitest';
import { commandFinder } from './command-finder.ts';
import { NETSTAT, readNetstat } from './netstat.ts';

/** `netstat -ano` of a German Windows 11: the words for states are of the system's language. */
const CONNECTIONS = [
  '',
  'Aktive Verbindungen',
  '',
  '  Proto  Lokale Adresse         Remoteadresse          Status           PID',
  '  TCP    0.0.0.0:135            0.0.0.0:0              ABHÖREN          1204',
  '  TCP    127.0.0.1:8866         127.0.0.1:50112        HERGESTELLT      9000',
  '  TCP    127.0.0.1:50112        127.0.0.1:8866         HERGESTELLT      4711',
  '  TCP    [::1]:50113            [::1]:8866             HERGESTELLT      812',
  '  TCP    127.0.0.1:50114        127.0.0.1:8866         WARTEND          0',
  '  UDP    0.0.0.0:500            *:*                                     3344',
].join('\r\n');
const TASKS = [
  '"System Idle Process","0","Services","0","8 K"',
  '"curl.exe","4711","Console","1","8.120 K"',
  '"Visual Studio, Code.exe","812","Console","1","1.234.120 K"',
].join('\r\n');

describe('what netstat and tasklist print', () => {
  it('is read, whatever the language of the system', () => {
    expect([...readNetstat([CONNECTIONS, TASKS])]).toEqual([
      ['127.0.0.1:50112', { name: 'curl', id: 4711 }],
      ['[::1]:50113', { name: 'Visual Studio, Code', id: 812 }],
      ['127.0.0.1:50114', { name: 'System Idle Process', id: 0 }],
    ]);
  });

  it('may be nothing, or only half of it', () => {
    expect([...readNetstat([]), ...readNetstat([CONNECTIONS]), ...readNetstat(['', TASKS])]).toEqual([]);
  });
});

it('runs both, and answers for the addresses asked', async () => {
  const ran: string[] = [];
  await using finder = commandFinder(NETSTAT, async (program, args) => {
    ran.push([program, ...args].join(' '));
    return program === 'netstat' ? CONNECTIONS : TASKS;
  });
  expect([...(await finder.find(['127.0.0.1:50112']))]).toEqual([
    ['127.0.0.1:50112', { name: 'curl', id: 4711 }],
  ]);
  expect(ran).toEqual(['netstat -ano', 'tasklist /FO CSV /NH']);
});
