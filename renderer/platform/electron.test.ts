import { describe, expect, it } from 'vitest';
import type { NativeArgs, NativeResult } from '#model/contract/native-calls.ts';
import type { MenuActionId, NativeBridge, NativeCallName, NativeReply } from '#model/contract/shell.ts';
import { electronPlatform } from './electron.ts';
import { startPlatform } from './start.ts';

type Answer = (name: NativeCallName, args: unknown) => NativeReply<unknown>;

/** A bridge that keeps what it was asked and answers by `answer`. */
function bridgeOf(answer: Answer) {
  const asked: unknown[] = [];
  const listeners = new Set<(id: MenuActionId) => void>();
  const calls = new Proxy({} as NativeBridge['calls'], {
    get:
      (_, name: string) =>
      async <K extends NativeCallName>(args: NativeArgs<K>) => {
        asked.push([name, args]);
        return answer(name as NativeCallName, args) as NativeReply<NativeResult<K>>;
      },
  });
  const bridge: NativeBridge = {
    calls,
    onAction(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return { bridge, asked, menu: (id: MenuActionId) => listeners.forEach((listener) => void listener(id)) };
}

const done: Answer = () => ({ ok: true, value: {} });

describe('the desktop platform', () => {
  it('passes each call to the bridge with its arguments', async () => {
    const { bridge, asked } = bridgeOf(done);
    const platform = electronPlatform(bridge);
    await platform.copyText('a');
    await platform.openExternal('https://x.test/');
    await platform.revealFile('/data/x.har');
    await platform.openCapture();
    await platform.setTheme('dark');
    await platform.setZoom(1.5);
    expect(asked).toEqual([
      ['clipboard.write', { text: 'a' }],
      ['link.open', { url: 'https://x.test/' }],
      ['file.reveal', { path: '/data/x.har' }],
      ['capture.open', {}],
      ['theme.set', { source: 'dark' }],
      ['zoom.set', { factor: 1.5 }],
    ]);
  });

  it('saves the bytes of a blob and says whether the user cancelled', async () => {
    const saved = bridgeOf(() => ({ ok: true, value: { path: '/tmp/a.json' } }));
    const blob = new Blob(['{}']);
    expect(await electronPlatform(saved.bridge).saveFile('a.json', blob)).toEqual({
      saved: true,
      path: '/tmp/a.json',
    });
    expect(saved.asked).toEqual([['file.save', { name: 'a.json', data: new Uint8Array([0x7b, 0x7d]) }]]);
    expect(await electronPlatform(bridgeOf(done).bridge).saveFile('a.json', blob)).toEqual({ saved: false });
  });

  it('turns a refusal back into an error with its code', async () => {
    const { bridge } = bridgeOf(() => ({ ok: false, code: 'bad-url', message: 'No.' }));
    await expect(electronPlatform(bridge).openExternal('file:///')).rejects.toMatchObject({
      name: 'SluiceError',
      code: 'bad-url',
      message: 'No.',
    });
  });

  it('hands the key storage through', async () => {
    const data = new Uint8Array([1, 2]);
    const { bridge, asked } = bridgeOf((name) => ({
      ok: true,
      value: name === 'keys.encrypt' ? { data } : { text: 't', stale: false },
    }));
    const { keys } = electronPlatform(bridge);
    expect(await keys.encrypt('t')).toBe(data);
    expect(await keys.decrypt(data)).toEqual({ text: 't', stale: false });
    expect(asked).toEqual([
      ['keys.encrypt', { text: 't' }],
      ['keys.decrypt', { data }],
    ]);
  });

  it('listens to the menu until told otherwise', () => {
    const { bridge, menu } = bridgeOf(done);
    const heard: string[] = [];
    const end = electronPlatform(bridge).onMenuAction((id) => heard.push(id));
    menu('capture.toggle');
    end();
    menu('sessions.clear');
    expect(heard).toEqual(['capture.toggle']);
  });
});

describe('startPlatform', () => {
  it('takes the shell when its bridge is there, else the browser', () => {
    const { bridge } = bridgeOf(done);
    expect(startPlatform({ sluiceNative: bridge }).capabilities.menu).toBe(true);
    expect(startPlatform({}).capabilities).toEqual({
      files: false,
      openCapture: false,
      keys: false,
      menu: false,
      zoom: false,
      browserKeepsKeys: true,
    });
  });
});
