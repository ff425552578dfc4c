/** What the inspector shows of the wire itself: heads as they came and as they went on, chunks, streams, proxies, frames and events. */
import { join } from 'node:path';
import { http2Origin } from '#proxy-core/testing/http2-origin.ts';
import { viaProxy } from '#proxy-core/testing/proxy-client.ts';
import { rawClient } from '#proxy-core/testing/raw-client.ts';
import { rawOrigin, reply } from '#proxy-core/testing/raw-origin.ts';
import { httpProxy } from '#proxy-core/testing/upstream-proxy.ts';
import { test as base, expect } from '../fixtures/bench.ts';
import { startProgram } from '../fixtures/program.ts';

base(
  'a head is shown as received and as sent on, with what differs; chunks with their extensions',
  async ({ program, workbench }) => {
    await using origin = await rawOrigin({
      onRequest: reply(
        'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n' +
          '5;name=first;sig="a b"\r\nhello\r\n0\r\n\r\n',
      ),
    });
    const host = `127.0.0.1:${origin.port}`;
    await using client = await rawClient(Number(program.ready.proxy.split(':')[1]));
    client.write(
      `GET http://${host}/odd HTTP/1.1\r\nHost: ${host}\r\nX-Odd:    spaced\r\nProxy-Connection: keep-alive\r\n\r\n`,
    );
    await client.until(/hello/);

    const { sessions, inspector } = workbench;
    await sessions.select('path:odd', '/odd');
    await inspector.open('Headers');
    await expect(inspector.value('Request headers', 'Proxy-Connection')).toContainText('not sent on');
    await expect(inspector.value('Request headers', 'X-Odd')).not.toContainText('sent on');
    await expect(inspector.panel.getByText(';name=first;sig="a b"')).toBeVisible();

    await inspector.open('Raw');
    const head = inspector.panel.locator('pre');
    await expect(head).toContainText(`GET http://${host}/odd HTTP/1.1`);
    await expect(head).toContainText('X-Odd:    spaced');
    await inspector.panel.getByRole('button', { name: 'Sent on' }).click();
    await expect(head).toContainText('GET /odd HTTP/1.1');
    await expect(head).not.toContainText('Proxy-Connection');
    const [firstLine] = ((await head.textContent()) ?? '').split('\r\n');
    expect(origin.received().toString()).toContain(firstLine);
  },
);

base(
  'messages say when they were compressed, events what they are called',
  async ({ site, user, workbench }) => {
    const page = await user.newPage();
    await page.goto(`${site.https}/new`);
    await page.evaluate(async () => {
      const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/live`);
      await new Promise((done) => {
        socket.onopen = () => socket.send('kettle '.repeat(400));
        socket.onmessage = done;
      });
      socket.close();
      const events = new EventSource('/prices');
      await new Promise((done) => {
        events.onmessage = done;
      });
      events.close();
    });

    const { sessions, inspector } = workbench;
    await sessions.select('path:live', '/live');
    const messages = (await inspector.open('Messages')).getByRole('option');
    await messages.first().click();
    await expect(inspector.panel.getByText(/^2\.8 KB · \d+ B compressed$/)).toBeVisible();

    await sessions.select('path:prices', '/prices');
    await inspector.open('Messages');
    await expect(messages).toContainText(['stock {"left":3}', 'sold out']);
    await messages.first().click();
    await expect(inspector.panel.getByText('10 B · id 7 · retry after 3 s')).toBeVisible();
    await inspector.body.expectText('"left": 3');
    await inspector.open('Response');
    await inspector.body.expectText('event: stock');
  },
);

/** HTTP/2 with every client that wants it, and another proxy on the way to the servers. */
const test = base.extend({
  program: async ({ folder, site: _, upstreamCa }, use) => {
    await using proxy = await httpProxy();
    const program = await startProgram(join(folder, 'data'), [
      '--upstream-ca',
      upstreamCa,
      '--http2',
      'always',
      '--upstream-proxy',
      `http://127.0.0.1:${proxy.port}`,
    ]);
    await use(program);
    if (program.process.exitCode === null) await program.stop();
  },
});

test('HTTP/2 on one side or both, with streams, and another proxy in between', async ({
  certificate,
  site,
  program,
  user,
  workbench,
}) => {
  await using modern = await http2Origin(certificate.tls, (stream) => {
    stream.respond({ ':status': 200, 'content-type': 'text/plain' });
    stream.end('modern');
  });
  const page = await user.newPage();
  await page.goto(`${site.https}/new`);
  await page.goto(`${modern.url}/modern`);

  const { page: window, sessions, inspector } = workbench;
  await sessions.select('path:modern', '/modern');
  await inspector.open('Overview');
  await expect(inspector.fact('Protocol')).toHaveText('HTTP/2');
  await expect(inspector.fact('Client connection')).toHaveText(/^\d+, stream \d+$/);
  await expect(inspector.fact('Server connection')).toHaveText(/^\d+, stream \d+, new$/);

  await sessions.select('path:"/new"', '/new');
  await expect(window.getByText('HTTP/2 → HTTP/1.1')).toBeVisible();
  await expect(inspector.fact('Protocol to the server')).toHaveText('HTTP/1.1');
  await expect(inspector.fact('Server connection')).toHaveText(/^\d+, new$/);

  // The proxy on the way finds every name on this machine; what is on this machine by name is reached without it.
  const proxyPort = Number(program.ready.proxy.split(':')[1]);
  await viaProxy({ proxyPort, url: `${site.http.replace('localhost', 'shop.acme.test')}/new?by=proxy` });
  await sessions.select('host:shop.acme.test', '/new?by=proxy');
  await expect(inspector.fact('By way of')).toHaveText(/^http:\/\/127\.0\.0\.1:\d+$/);
});
