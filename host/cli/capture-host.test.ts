import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { OutgoingRequest } from '#model/contract/contract.ts';
import { echoOrigin } from '#proxy-core/testing/echo-origin.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { readHostFile } from '../host-file.ts';
import { inCapture, writtenCapture } from '../testing/captures.ts';
import { runningHost } from '../testing/running-host.ts';
import { captureHost } from './capture-host.ts';

const request = (url: string): OutgoingRequest => ({
  method: 'GET',
  url,
  headers: [],
  body: new Uint8Array(),
  source: 'replay',
  parentId: 1,
});

describe('a host for a command', () => {
  it('is started when none writes the capture, and is gone afterwards', async () => {
    await using origin = await echoOrigin();
    using capture = await writtenCapture(makeSession({ id: 1 }));
    {
      await using host = await captureHost(capture.path, { data: join(capture.folder, 'data') });
      const session = await host.send(request(`${origin.url}/x`));
      expect(session.row).toMatchObject({ id: 2, state: 'completed', status: 200, parentId: 1 });
      expect(await readHostFile(capture.path)).toBeDefined();
    }
    expect(await readHostFile(capture.path)).toBeUndefined();
    await inCapture(capture.path, async (store) =>
      expect((await store.get(2))?.row.url).toBe(`${origin.url}/x`),
    );
  });

  it('is the one that writes the capture, where there is one, and that goes on', async () => {
    await using origin = await echoOrigin();
    await using at = await runningHost([makeSession({ id: 1 })]);
    {
      await using host = await captureHost(at.host.capture, {});
      expect((await host.send(request(origin.url))).row).toMatchObject({ id: 2, status: 200 });
    }
    expect(await at.client.call('app.info', {})).toMatchObject({ capture: at.host.capture });
  });

  it('answers also with what got no answer', async () => {
    using capture = await writtenCapture(makeSession({ id: 1 }));
    await using host = await captureHost(capture.path, { data: join(capture.folder, 'data') });
    expect((await host.send(request('http://127.0.0.1:1/'))).row).toMatchObject({
      state: 'failed',
      error: 'refused',
    });
    await expect(host.send(request('nonsense'))).rejects.toMatchObject({ code: 'bad-url' });
  });

  it('that cannot be started leaves nothing behind', async () => {
    using capture = await writtenCapture();
    const options = { data: join(capture.folder, 'data'), upstreamCa: ['/nowhere.pem'] };
    await expect(captureHost(capture.path, options)).rejects.toMatchObject({ code: 'file-unreadable' });
    expect(await readHostFile(capture.path)).toBeUndefined();
  });
});
