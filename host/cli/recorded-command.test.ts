import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { until } from '#proxy-core/testing/until.ts';
import { temporaryFolder } from '../testing/captures.ts';
import { startCommand } from './recorded-command.ts';

const FACTS = { proxy: '127.0.0.1:8866', caFile: '/data/root.pem' };

/** A shell's script, begun; `ended` resolves when it ends by itself. */
async function shell(script: string, ...args: string[]) {
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  return { command: await startCommand(['sh', '-c', script, ...args], FACTS, true, resolve), ended };
}

describe('a recorded command', () => {
  it('gets the proxy and the certificate by its environment', async () => {
    const { command, ended } = await shell(
      '[ "$HTTPS_PROXY $SSL_CERT_FILE" = "$0" ]',
      'http://127.0.0.1:8866 /data/root.pem',
    );
    await using _ = command;
    await ended;
    expect(command.failure).toBeUndefined();
  });

  it.each([
    ['exit 3', 'ended with 3'],
    ['kill -9 $$', 'was ended by SIGKILL (137)'],
  ])('that fails says how: %s', async (script, said) => {
    const { command, ended } = await shell(script);
    await using _ = command;
    await ended;
    expect(command.failure).toBe(`The command sh ${said}`);
  });

  it('is ended with its owner, which is no failure, also where it does not listen', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'ready');
    const { command, ended } = await shell('trap "" TERM; : > "$0"; while :; do sleep 0.05; done', file);
    await until(
      () => existsSync(file),
      () => 'it has begun',
    );
    await command[Symbol.asyncDispose]();
    await ended;
    expect(command.failure).toBeUndefined();
  });

  it('that is not there is a usage error', async () => {
    const starting = startCommand(['/no/such/program'], FACTS, true, () => {});
    await expect(starting).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('ENOENT'),
    });
  });
});
