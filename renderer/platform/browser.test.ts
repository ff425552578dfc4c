import { afterEach, describe, expect, it, vi } from 'vitest';
import { browserPlatform } from './browser.ts';

afterEach(() => vi.unstubAllGlobals());

describe('the browser platform', () => {
  it.each([
    () => browserPlatform().revealFile('/x'),
    () => browserPlatform().openCapture(),
    () => browserPlatform().setZoom(2),
    () => browserPlatform().keys.encrypt('secret'),
    () => browserPlatform().keys.decrypt(new Uint8Array(1)),
  ])('refuses, with a code, what its capabilities rule out: %s', async (ask) => {
    await expect(ask()).rejects.toMatchObject({ code: 'not-allowed' });
  });

  it('has no safe key storage and says so', async () => {
    expect(await browserPlatform().keys.status()).toEqual({ available: false, safe: false, backend: 'none' });
  });

  it('opens web addresses in a tab that knows nothing of this one, and nothing else', async () => {
    const open = vi.fn();
    vi.stubGlobal('window', { open });
    await browserPlatform().openExternal('https://example.test/a');
    expect(open.mock.calls).toEqual([['https://example.test/a', '_blank', 'noopener,noreferrer']]);
    for (const url of ['file:///etc/passwd', 'javascript:alert(1)', 'not an address', '']) {
      await expect(browserPlatform().openExternal(url)).rejects.toMatchObject({ code: 'bad-url' });
    }
    expect(open).toHaveBeenCalledTimes(1);
  });

  it('says what to do when the browser refuses to copy', async () => {
    const writeText = vi.fn().mockResolvedValueOnce(undefined).mockRejectedValueOnce(new Error('denied'));
    vi.stubGlobal('navigator', { clipboard: { writeText } });
    await browserPlatform().copyText('one');
    expect(writeText).toHaveBeenCalledWith('one');
    await expect(browserPlatform().copyText('two')).rejects.toMatchObject({ code: 'not-allowed' });
  });
});

describe('files', () => {
  it('downloads a blob under its name', async () => {
    const link = { href: '', download: '', click: vi.fn() };
    vi.stubGlobal('document', { createElement: () => link });
    vi.useFakeTimers();
    const revoked = vi.spyOn(URL, 'revokeObjectURL');
    expect(await browserPlatform().saveFile('a.har', new Blob(['x']))).toEqual({ saved: true });
    expect(link.download).toBe('a.har');
    expect(link.href).toMatch(/^blob:/);
    expect(link.click).toHaveBeenCalledTimes(1);
    expect(revoked).not.toHaveBeenCalled();
    vi.runAllTimers();
    expect(revoked).toHaveBeenCalledWith(link.href);
    vi.useRealTimers();
  });

  it('answers with the chosen file, or nothing when the user cancels', async () => {
    const file = new File(['x'], 'x.har');
    for (const [event, expected] of [
      ['change', file],
      ['cancel', undefined],
    ] as const) {
      const input = Object.assign(new EventTarget(), {
        type: '',
        accept: '',
        files: [file],
        click() {
          input.dispatchEvent(new Event(event));
        },
      });
      vi.stubGlobal('document', { createElement: () => input });
      expect(await browserPlatform().pickFile('.har')).toBe(expected);
      expect(input).toMatchObject({ type: 'file', accept: '.har' });
    }
  });
});
