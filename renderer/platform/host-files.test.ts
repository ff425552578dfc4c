import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { exportJobAddress, startDownload, uploadFile } from './host-files.ts';

afterEach(() => vi.unstubAllGlobals());

describe('downloads', () => {
  it('name their job and file', () => {
    expect(exportJobAddress('a-1', 'My capture & more.har')).toBe(
      '/api/export?job=a-1&download=My+capture+%26+more.har',
    );
  });

  it('are the browser’s to save', () => {
    const link = { href: '', download: 'x', click: vi.fn() };
    vi.stubGlobal('document', { createElement: () => link });
    startDownload('/api/export?job=1');
    expect(link).toMatchObject({ href: '/api/export?job=1', download: '' });
    expect(link.click).toHaveBeenCalledTimes(1);
  });
});

describe('uploadFile', () => {
  /** The request as the browser would make it; the test plays the browser and the host. */
  class FakeRequest {
    static last: FakeRequest;
    upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
    onload = () => {};
    onerror = () => {};
    onabort = () => {};
    onloadend = () => {};
    status = 0;
    responseText = '';
    readonly asked: unknown[] = [];
    constructor() {
      FakeRequest.last = this;
    }
    open(...args: unknown[]) {
      this.asked.push(args);
    }
    setRequestHeader(...args: unknown[]) {
      this.asked.push(args);
    }
    send(body: unknown) {
      this.asked.push(body);
    }
    abort() {
      this.onabort();
      this.onloadend();
    }
    answer(status: number, text: string) {
      this.status = status;
      this.responseText = text;
      this.onload();
      this.onloadend();
    }
  }
  beforeEach(() => vi.stubGlobal('XMLHttpRequest', FakeRequest));
  const file = new File(['{"log":1}'], 'my shop.har');
  const losses = { sessions: 3, lossy: 0, counts: [], losses: [] };
  const never = () => new AbortController().signal;

  it('sends the file, tells how far it is, and answers the count', async () => {
    const parts: number[] = [];
    const answer = uploadFile(file, { signal: never(), onProgress: (part) => parts.push(part) });
    const { last } = FakeRequest;
    last.upload.onprogress?.({ loaded: 1, total: 4 });
    last.upload.onprogress?.({ loaded: 4, total: 4 });
    last.upload.onprogress?.({ loaded: 0, total: 0 });
    last.answer(200, JSON.stringify({ imported: 3, losses }));
    expect(await answer).toEqual({ imported: 3, losses });
    expect(parts).toEqual([0.25, 1, 1]);
    expect(last.asked).toEqual([
      ['POST', '/api/import?name=my+shop.har'],
      ['content-type', 'application/json'],
      file,
    ]);
  });

  it('keeps the password out of the address', async () => {
    const answer = uploadFile(file, { signal: never(), password: 'ge h\u00e4' });
    const { last } = FakeRequest;
    last.answer(200, JSON.stringify({ imported: 0, losses }));
    await answer;
    expect(last.asked).toContainEqual(['x-sluice-password', 'ge%20h%C3%A4']);
    expect(JSON.stringify(last.asked[0])).not.toContain('ge');
  });

  it('gives on the host’s code and sentence', async () => {
    const answer = uploadFile(file, { signal: never() });
    FakeRequest.last.answer(400, '{"code":"bad-har","message":"This is no HAR."}');
    await expect(answer).rejects.toMatchObject({ code: 'bad-har', message: 'This is no HAR.' });
  });

  it.each([
    [500, 'oops'],
    [200, '{"something":"else"}'],
  ])('says the status when the host says nothing: %s %s', async (status, text) => {
    const answer = uploadFile(file, { signal: never() });
    FakeRequest.last.answer(status, text);
    await expect(answer).rejects.toMatchObject({
      code: 'internal',
      message: expect.stringContaining(String(status)),
    });
  });

  it('tells cancelling from failing', async () => {
    const stop = new AbortController();
    const cancelled = uploadFile(file, { signal: stop.signal });
    stop.abort();
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    await expect(uploadFile(file, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    });
    const failed = uploadFile(file, { signal: never() });
    FakeRequest.last.onerror();
    await expect(failed).rejects.toMatchObject({ code: 'connection-lost' });
  });
});
