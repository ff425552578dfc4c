import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/captures.ts';
import { sluice } from '../../testing/sluice.ts';

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());
const data = join(folder.path, 'data');
const ca = (...args: string[]) => sluice('ca', '--data', data, ...args);

describe('sluice ca', () => {
  it('K1: gives the root certificate, made when there is none, and never its key', async () => {
    const first = await ca();
    expect(first.code).toBe(0);
    expect(new X509Certificate(first.out).ca).toBe(true);
    expect(first.out).not.toContain('PRIVATE');
    expect((await ca()).out).toBe(first.out);
    expect(statSync(join(data, 'authority')).mode & 0o777).toBe(0o700);
  });

  it('writes it to a file in either form, and says its fingerprint', async () => {
    const { fingerprint256 } = new X509Certificate((await ca()).out);
    for (const format of ['pem', 'der']) {
      const file = join(folder.path, `root.${format}`);
      const { code, out, err } = await ca('--format', format, '--out', file);
      expect({ code, out }).toEqual({ code: 0, out: '' });
      expect(err).toContain(`SHA-256 ${fingerprint256}, written to ${file}`);
      expect(new X509Certificate(readFileSync(file)).fingerprint256).toBe(fingerprint256);
    }
  });

  it.each([
    [['--format', 'p12'], 2, '[usage]'],
    [['--out', '/nowhere/root.pem'], 3, '[file-unwritable]'],
  ])('with %j ends with %d', async (args, code, err) => {
    expect(await ca(...args)).toMatchObject({ code, err: expect.stringContaining(err) });
  });
});
