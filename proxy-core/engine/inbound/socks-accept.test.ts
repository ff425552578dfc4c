import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { hasProgram, run } from '#certs/testing/temp-authority.ts';
import { type AcceptedSocks, type AcceptSocksOptions, acceptSocks, type SocksError } from './socks-accept.ts';
import { socksReply } from './socks-server.ts';
import { inbox, listener, socketPair } from './testing/loopback.ts';

const PATIENT: AcceptSocksOptions = { limitMs: 10_000 };
const HELLO = Buffer.of(5, 1, 0);
const REQUEST = Buffer.concat([Buffer.of(5, 1, 0, 3, 6), Buffer.from('a.test'), Buffer.of(1, 187)]);

describe('acceptSocks', () => {
  it('answers step by step, and hands on what was sent too early', async () => {
    await using pair = await socketPair();
    const received = inbox(pair.outer);
    const accepting = acceptSocks(pair.inner, Buffer.alloc(0), PATIENT);
    pair.outer.write(HELLO);
    await received.until(2);
    expect(received.text()).toBe('\x05\x00');
    pair.outer.write(Buffer.concat([REQUEST, Buffer.from('early')]));
    const { request, leftover } = await accepting;
    expect(request).toEqual({ version: 5, named: true, host: 'a.test', port: 443 });
    expect(String(leftover)).toBe('early');
    expect(pair.inner.isPaused()).toBe(true);
    pair.outer.write('later');
    const [later] = await once(pair.inner.resume(), 'data');
    expect(String(later)).toBe('later');
  });

  it('goes on from what was already read', async () => {
    await using pair = await socketPair();
    const whole = Buffer.concat([HELLO, REQUEST]);
    expect((await acceptSocks(pair.inner, whole, PATIENT)).request.host).toBe('a.test');
    await using other = await socketPair();
    const accepting = acceptSocks(other.inner, whole.subarray(0, 5), PATIENT);
    other.outer.write(whole.subarray(5));
    expect((await accepting).request.host).toBe('a.test');
  });

  it('a client that is refused reads why before the connection ends, whatever else it sends', async () => {
    await using pair = await socketPair();
    const received = inbox(pair.outer);
    pair.outer.write(Buffer.concat([HELLO, Buffer.of(5, 2, 0, 1, 1, 2, 3, 4, 0, 80), Buffer.alloc(1000)]));
    await expect(acceptSocks(pair.inner, Buffer.alloc(0), PATIENT)).rejects.toMatchObject({
      code: 'command',
    });
    pair.outer.write('and more');
    expect(await received.ended).toBe('fin');
    expect(received.text()).toBe('\x05\x00\x05\x07\0\x01\0\0\0\0\0\0');
  });

  it('a client that is refused and does not end is ended', async () => {
    await using pair = await socketPair();
    await expect(acceptSocks(pair.inner, Buffer.of(6), PATIENT)).rejects.toMatchObject({ code: 'malformed' });
    const chatter = setInterval(() => pair.outer.write('x'), 20);
    await once(pair.inner, 'close');
    clearInterval(chatter);
  });

  it('a client that stops or leaves', async () => {
    const outcome = async (leave: (pair: Awaited<ReturnType<typeof socketPair>>) => void) => {
      await using pair = await socketPair();
      const accepting = acceptSocks(pair.inner, HELLO, { limitMs: 50 });
      leave(pair);
      return await accepting.catch((error: SocksError) => error.code);
    };
    expect(await outcome(() => {})).toBe('time-limit');
    expect(await outcome(({ outer }) => outer.end())).toBe('ended');
    expect(await outcome(({ outer }) => outer.resetAndDestroy())).toBe('ended');
    await using gone = await socketPair();
    gone.inner.destroy();
    await expect(acceptSocks(gone.inner, HELLO, PATIENT)).rejects.toMatchObject({ code: 'ended' });
  });

  it('leaves no listener behind', async () => {
    await using pair = await socketPair();
    const count = () => pair.inner.eventNames().map((name) => pair.inner.listenerCount(name));
    const before = count();
    await acceptSocks(pair.inner, Buffer.concat([HELLO, REQUEST]), PATIENT);
    expect(count()).toEqual(before);
  });
});

describe('acceptSocks: curl', () => {
  const ANSWER = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok';

  /** A SOCKS server that answers every request itself. */
  async function visit(options: Omit<AcceptSocksOptions, 'limitMs'>, ...more: string[]) {
    const accepted: (AcceptedSocks['request'] | SocksError)[] = [];
    await using proxy = await listener(async (socket) => {
      try {
        const { request } = await acceptSocks(socket, Buffer.alloc(0), { ...PATIENT, ...options });
        accepted.push(request);
        socket.write(socksReply(request.version));
        socket.once('data', () => socket.end(ANSWER)).resume();
      } catch (error) {
        accepted.push(error as SocksError);
      }
    });
    const at = (argument: string) => argument.replace('PROXY', `127.0.0.1:${proxy.port}`);
    const { stdout } = await run('curl', ['-sS', '--noproxy', '', ...more.map(at)]).catch((error) => ({
      stdout: String(error.stderr),
    }));
    return { stdout, accepted };
  }

  it.skipIf(!hasProgram('curl')).each([
    ['--socks5-hostname', { version: 5, named: true, host: 'a.test', port: 8080 }],
    ['--socks4a', { version: 4, named: true, host: 'a.test', port: 8080 }],
  ])('%s', async (option, request) => {
    expect(await visit({}, option, 'PROXY', 'http://a.test:8080/')).toEqual({
      stdout: 'ok',
      accepted: [request],
    });
  });

  it.skipIf(!hasProgram('curl')).each(['--socks5', '--socks4'])('%s with an address', async (option) => {
    const { stdout, accepted } = await visit({}, option, 'PROXY', 'http://127.0.0.2:80/');
    expect(stdout).toBe('ok');
    expect(accepted).toMatchObject([{ host: '127.0.0.2', port: 80 }]);
  });

  it.skipIf(!hasProgram('curl'))('with user and password, right and wrong and none', async () => {
    const credentials = { username: 'mia', password: 'secret' };
    const with_ = (user: string) =>
      visit({ credentials }, '--proxy', `socks5h://${user}PROXY`, 'http://a.test/');
    expect((await with_('mia:secret@')).stdout).toBe('ok');
    expect((await with_('mia:wrong@')).accepted).toMatchObject([{ code: 'auth-wrong' }]);
    expect((await with_('')).accepted).toMatchObject([{ code: 'auth-required' }]);
  });
});
