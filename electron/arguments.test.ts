import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readArguments } from './arguments.ts';

const CWD = resolve('/work');
const read = (...words: string[]) => readArguments(['sluice', ...words], CWD);

describe('the shell’s command line', () => {
  it('has the options of the command line itself', () => {
    const { host } = read(
      '--port',
      '0',
      '--ui-port=4000',
      '--data',
      '/d',
      '--capture',
      '/c.sluice',
      '--upstream-ca',
      'a.pem',
      '--upstream-ca',
      'b.pem',
    );
    expect(host).toMatchObject({
      port: 0,
      uiPort: 4000,
      dataFolder: '/d',
      capture: '/c.sluice',
      upstreamCaFiles: ['a.pem', 'b.pem'],
    });
    expect(read().host).not.toHaveProperty('port');
  });

  it('leaves Chromium its switches, wherever they stand', () => {
    const { host, files } = read(
      '.',
      '--no-sandbox',
      '--remote-debugging-port=0',
      '--inspect=0',
      '--port',
      '7',
      'a.har',
    );
    expect(host.port).toBe(7);
    expect(files).toEqual([resolve(CWD, 'a.har')]);
  });

  it('takes captures and HAR files to open, from where it was called, and no other word', () => {
    expect(read('open', '/app', 'one.sluice', 'Two.HAR', '/abs/three.har', 'notes.txt').files).toEqual([
      resolve(CWD, 'one.sluice'),
      resolve(CWD, 'Two.HAR'),
      resolve('/abs/three.har'),
    ]);
  });

  it.each([['--port', 'many'], ['--port', '70000'], ['--data']])('refuses %s %s', (...words) => {
    expect(() => read(...words)).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});
