import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/captures.ts';
import { ProcTables, socketsIn, tableKeys } from './proc-tables.ts';

const HEAD =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
const line = (local: string, remote: string, inode: number) =>
  `   0: ${local} ${remote} 01 00000000:00000000 00:00000000 00000000  1000        0 ${inode} 1 0000000000000000 20 4 30 10 -1`;
const table = (...lines: string[]) => `${[HEAD, ...lines].join('\n')}\n`;

describe('addresses in tables of the kernel', () => {
  it('are octets from the back, in words of four; IPv4 may stand as IPv6', () => {
    expect(tableKeys('127.0.0.1:8866')).toEqual(['0100007F:22A2', '0000000000000000FFFF00000100007F:22A2']);
    expect(tableKeys('127.1.2.3:1')).toEqual(['0302017F:0001', '0000000000000000FFFF00000302017F:0001']);
    expect(tableKeys('[::1]:65535')).toEqual(['00000000000000000000000001000000:FFFF']);
  });

  it('are looked for on loopback alone', () => {
    for (const address of ['10.0.0.1:80', '[2001:db8::1]:80', '127.0.0.1', 'nonsense'])
      expect(tableKeys(address)).toEqual([]);
  });

  it('lead to sockets, but for those that nobody has open any more', () => {
    const text = table(
      line('0100007F:C350', '0100007F:22A2', 71),
      line('0100007F:22A2', '0100007F:C350', 72),
      line('0100007F:C351', '0100007F:22A2', 0),
    );
    const wanted = new Map([
      ['0100007F:C350', 'a'],
      ['0100007F:C351', 'b'],
    ]);
    expect([...socketsIn(text, wanted)]).toEqual([['socket:[71]', 'a']]);
    expect([...socketsIn('', wanted)]).toEqual([]);
  });
});

describe('the processes of a system', () => {
  let root: string;
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => {
    folder = temporaryFolder();
    root = folder.path;
    mkdirSync(join(root, 'net'));
    writeFileSync(join(root, 'net', 'tcp'), table(line('0100007F:C350', '0100007F:22A2', 71)));
    writeFileSync(
      join(root, 'net', 'tcp6'),
      table(
        line('00000000000000000000000001000000:C351', '00000000000000000000000001000000:22A2', 81),
        line('0000000000000000FFFF00000100007F:C352', '0000000000000000FFFF00000100007F:22A2', 82),
      ),
    );
  });
  afterEach(() => folder[Symbol.dispose]());

  function addProcess(id: number, sockets: readonly number[], exe: string | undefined, comm = 'comm') {
    const at = join(root, String(id));
    mkdirSync(join(at, 'fd'), { recursive: true });
    symlinkSync('/dev/null', join(at, 'fd', '0'));
    for (const [i, inode] of sockets.entries())
      symlinkSync(`socket:[${inode}]`, join(at, 'fd', String(i + 3)));
    if (exe !== undefined) symlinkSync(exe, join(at, 'exe'));
    writeFileSync(join(at, 'comm'), `${comm}\n`);
  }

  it('are found by the sockets they have, IPv6 and mapped addresses too', () => {
    addProcess(40, [], '/sbin/init');
    addProcess(90, [71, 82], '/usr/bin/curl');
    addProcess(91, [81], '/opt/app/Some Browser (deleted)');
    const found = new ProcTables(root).find([
      '127.0.0.1:50000',
      '[::1]:50001',
      '127.0.0.1:50002',
      '127.0.0.1:7',
    ]);
    expect(new Map(found)).toEqual(
      new Map([
        ['127.0.0.1:50000', { name: 'curl', id: 90 }],
        ['[::1]:50001', { name: 'Some Browser', id: 91 }],
        ['127.0.0.1:50002', { name: 'curl', id: 90 }],
      ]),
    );
  });

  it('are called as they call themselves, where their file is not told', () => {
    addProcess(90, [71], undefined, 'kworker');
    expect(new ProcTables(root).find(['127.0.0.1:50000']).get('127.0.0.1:50000')).toEqual({
      name: 'kworker',
      id: 90,
    });
  });

  it('may have gone, or be another’s: then nothing is known, and nothing fails', () => {
    expect(new ProcTables(root).find(['127.0.0.1:50000']).size).toBe(0);
    expect(new ProcTables(join(root, 'nowhere')).find(['127.0.0.1:50000']).size).toBe(0);
    expect(new ProcTables(root).find([]).size).toBe(0);
  });

  it('that had a connection lately are looked at first', () => {
    const tables = new ProcTables(root);
    addProcess(90, [71], '/usr/bin/curl');
    tables.find(['127.0.0.1:50000']);
    // Two that have it, as after a fork: the newest would be asked first.
    addProcess(95, [71], '/usr/bin/newer');
    expect(tables.find(['127.0.0.1:50000']).get('127.0.0.1:50000')?.name).toBe('curl');
  });
});
