/**
 * The claim that matters: once the root is trusted, real clients accept the leaves over real TLS, and without it, or under another name,
 * they do not.
 */
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import type { Authority } from './authority.ts';
import { encodePkcs12, PKCS12_PASSWORD } from './encode-root.ts';
import { hasProgram, run, tempAuthority, tempFolder } from './testing/temp-authority.ts';

const NAME = 'api.sluice.test';
const LONG_NAME = `${'long-label.'.repeat(6)}sluice.test`;
const GREETING = 'hello over TLS';
const PATIENCE_MS = 90_000;

interface Site {
  readonly authority: Authority;
  readonly port: number;
  /** Handshakes by cipher suite's protocol, as "TLSv1.3". */
  readonly protocols: Set<string>;
}

/** A TLS server with the authority's leaves: by SNI, or for 127.0.0.1 when the client names none. */
async function site(options: SecureContextOptions = {}): Promise<Site> {
  const { authority } = await tempAuthority();
  const context = (host: string) => createSecureContext({ ...authority.leafFor(host), ...options });
  const protocols = new Set<string>();
  const server = createServer({
    ...authority.leafFor('127.0.0.1'),
    ...options,
    SNICallback: (host, done) => done(null, context(host)),
  });
  server.on('secureConnection', (socket) => protocols.add(socket.getProtocol() ?? ''));
  server.on('request', (_request, response) => {
    response.end(GREETING);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  });
  return { authority, port: (server.address() as AddressInfo).port, protocols };
}

/** Fetches with Node's own client; `name` is what is verified, the connection goes to loopback. */
async function nodeGet(port: number, name: string, ca: string[]): Promise<string> {
  const asked = request({
    port,
    host: '127.0.0.1',
    ...(name === '127.0.0.1' ? {} : { servername: name, headers: { host: name } }),
    ca,
    agent: false,
  });
  asked.end();
  const [response] = await once(asked, 'response');
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return text;
}

test('Node, over TLS 1.2 and 1.3, by name, by long name and by address', async () => {
  for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
    const { authority, port, protocols } = await site({ minVersion: version, maxVersion: version });
    for (const name of [NAME, LONG_NAME, '127.0.0.1']) {
      expect(await nodeGet(port, name, [authority.certificatePem])).toBe(GREETING);
    }
    expect([...protocols]).toEqual([version]);
  }
});

test('Node refuses without the root, and with another installation’s', async () => {
  const { port } = await site();
  const other = await tempAuthority();
  await expect(nodeGet(port, NAME, [])).rejects.toMatchObject({ code: 'SELF_SIGNED_CERT_IN_CHAIN' });
  await expect(nodeGet(port, NAME, [other.authority.certificatePem])).rejects.toThrow(
    'self-signed certificate in certificate chain',
  );
});

test.skipIf(!hasProgram('curl'))('curl --cacert', async () => {
  const { authority, port } = await site();
  const curl = (host: string, ...more: string[]) =>
    run('curl', [
      '--silent',
      '--show-error',
      '--noproxy',
      '*',
      '--resolve',
      `${host}:${port}:127.0.0.1`,
      ...more,
      `https://${host}:${port}/`,
    ]);
  for (const host of [NAME, LONG_NAME, '127.0.0.1']) {
    expect((await curl(host, '--cacert', authority.certificateFile)).stdout).toBe(GREETING);
  }
  await expect(curl(NAME)).rejects.toThrow('SSL certificate problem');
});

const JAVA_CLIENT = `
import java.net.URI;
import java.net.http.*;
public class Client {
  public static void main(String[] urls) throws Exception {
    for (String url : urls) {
      var request = HttpRequest.newBuilder(URI.create(url)).build();
      System.out.println(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
  }
}
`;

const java = hasProgram('java') && hasProgram('keytool');
if (!java) process.stdout.write('skipped: Java accepts the leaves (no java and keytool on this machine)\n');
test.skipIf(!java)(
  'Java’s HttpClient, with a trust store made by keytool and with the PKCS#12 that is served',
  async () => {
    const { authority, port } = await site();
    const folder = await tempFolder();
    const [client, made, served] = ['Client.java', 'made.p12', 'served.p12'].map((name) =>
      join(folder, name),
    ) as [string, string, string];
    await writeFile(client, JAVA_CLIENT);
    await writeFile(served, encodePkcs12(authority));
    const store = ['-keystore', made, '-storetype', 'PKCS12', '-storepass', PKCS12_PASSWORD];
    await run('keytool', [
      '-importcert',
      '-noprompt',
      '-alias',
      'sluice',
      '-file',
      authority.certificateFile,
      ...store,
    ]);
    const urls = [`https://127.0.0.1:${port}/`, `https://localhost:${port}/`];
    const fetchWith = (trustStore: string) => {
      const trust = [
        `-Djavax.net.ssl.trustStore=${trustStore}`,
        `-Djavax.net.ssl.trustStorePassword=${PKCS12_PASSWORD}`,
      ];
      return run('java', [...trust, client, ...urls]);
    };
    for (const trustStore of [made, served]) {
      expect((await fetchWith(trustStore)).stdout).toBe(`${GREETING}\n${GREETING}\n`);
    }
    await expect(run('java', [client, ...urls])).rejects.toThrow('PKIX path building failed');
  },
  PATIENCE_MS,
);

const chromium = ['chromium', 'chromium-browser', 'google-chrome'].find(hasProgram);
const browser = chromium !== undefined && hasProgram('certutil') && process.platform === 'linux';
if (!browser) {
  process.stdout.write(
    'skipped: Chromium accepts the leaves (needs Linux, Chromium and certutil of libnss3-tools)\n',
  );
}
test.skipIf(!browser)(
  'Chromium, with the root in the NSS database of a home of its own, and not without',
  async () => {
    const { authority, port } = await site();
    const open = async (home: string, host: string) => {
      const quiet = [
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ];
      const place = ['--no-sandbox', `--user-data-dir=${join(home, 'profile')}`, '--no-proxy-server'];
      const names = `--host-resolver-rules=MAP *.sluice.test 127.0.0.1`;
      const args = ['--headless', ...quiet, ...place, names, '--dump-dom', `https://${host}:${port}/`];
      const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: join(home, '.config') };
      return run(chromium ?? '', args, { env, timeout: 60_000 });
    };
    const [trusting, plain] = [await tempFolder(), await tempFolder()];
    const database = join(trusting, '.pki', 'nssdb');
    await mkdir(database, { recursive: true });
    await run('certutil', ['-d', `sql:${database}`, '-N', '--empty-password']);
    await run('certutil', [
      '-d',
      `sql:${database}`,
      '-A',
      '-t',
      'C,,',
      '-n',
      'Sluice',
      '-i',
      authority.certificateFile,
    ]);
    for (const host of [NAME, LONG_NAME, 'my_host.sluice.test', '127.0.0.1']) {
      expect((await open(trusting, host)).stdout, host).toContain(GREETING);
    }
    const refused = await open(plain, NAME);
    expect(refused.stdout).not.toContain(GREETING);
    // -202 is ERR_CERT_AUTHORITY_INVALID.
    expect(refused.stderr).toMatch(/handshake failed.*net_error -202/);
  },
  PATIENCE_MS,
);
