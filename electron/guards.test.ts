import { EventEmitter } from 'node:events';
import type { App, Session } from 'electron';
import { describe, expect, it } from 'vitest';
import { guardAllContents, guardSession } from './guards.ts';
import { FakeContents, FakeSession, prevented } from './testing/fake-electron.ts';

const OWN = 'http://127.0.0.1:4321';

function guardedContents(origin: () => string | undefined = () => OWN) {
  const app = new EventEmitter();
  const external: string[] = [];
  guardAllContents(app as App, origin, (url) => external.push(url));
  const contents = new FakeContents();
  app.emit('web-contents-created', {}, contents);
  return { contents, external };
}

async function guardedSession(origin: () => string | undefined = () => OWN) {
  const session = new FakeSession();
  await guardSession(session as unknown as Session, origin);
  return session;
}

describe('every page', () => {
  it.each(['will-frame-navigate', 'will-redirect'])('stays at the workbench’s origin on %s', (event) => {
    const { contents } = guardedContents();
    const denied = (url: string, isMainFrame = true) => contents.prevents(event, { url, isMainFrame });
    expect(denied(`${OWN}/?a`)).toBe(false);
    expect(denied('https://example.test/')).toBe(true);
    expect(denied('file:///etc/passwd')).toBe(true);
    expect(denied('about:blank')).toBe(true);
    expect(denied('about:srcdoc', false)).toBe(false);
    expect(denied(`blob:${OWN}/1`, false)).toBe(false);
    expect(denied('https://example.test/', false)).toBe(true);
  });

  it('goes nowhere before there is a host', () => {
    const { contents } = guardedContents(() => undefined);
    expect(contents.prevents('will-frame-navigate', { url: `${OWN}/`, isMainFrame: true })).toBe(true);
  });

  it('embeds no webview', () => {
    expect(guardedContents().contents.prevents('will-attach-webview')).toBe(true);
  });

  it('opens no window: web addresses go to the system’s browser, the rest nowhere', () => {
    const { contents, external } = guardedContents();
    for (const url of ['https://example.test/a', 'file:///etc/passwd', `${OWN}/#token=x`, 'javascript:1']) {
      expect(contents.windowOpen({ url })).toEqual({ action: 'deny' });
    }
    expect(external).toEqual(['https://example.test/a']);
  });
});

describe('the window’s session', () => {
  const asks = (session: FakeSession, name: string, requestingUrl: string, isMainFrame = true) => {
    let granted: boolean | undefined;
    session.onPermission(
      {},
      name,
      (answer) => {
        granted = answer;
      },
      { requestingUrl, isMainFrame },
    );
    return granted;
  };

  it('grants the workbench’s own page to write text to the clipboard, and nothing else to anyone', async () => {
    const session = await guardedSession();
    expect(asks(session, 'clipboard-sanitized-write', `${OWN}/`)).toBe(true);
    expect(session.onCheck({}, 'clipboard-sanitized-write', OWN, { isMainFrame: true })).toBe(true);
    expect(asks(session, 'clipboard-sanitized-write', 'https://example.test/')).toBe(false);
    expect(asks(session, 'clipboard-sanitized-write', `${OWN}/`, false)).toBe(false);
    expect(session.onCheck({}, 'clipboard-sanitized-write', OWN, { isMainFrame: false })).toBe(false);
    for (const name of [
      'clipboard-read',
      'media',
      'geolocation',
      'notifications',
      'openExternal',
      'fileSystem',
      'usb',
    ]) {
      expect(asks(session, name, `${OWN}/`)).toBe(false);
      expect(session.onCheck({}, name, OWN, { isMainFrame: true })).toBe(false);
    }
    expect(session.onDevice()).toBe(false);
  });

  it('reaches nothing but the host, and that without a proxy', async () => {
    const session = await guardedSession();
    expect(session.proxy).toEqual({ mode: 'direct' });
    expect(session.lets(`${OWN}/index.html`)).toBe(true);
    expect(session.lets('ws://127.0.0.1:4321/rpc')).toBe(true);
    expect(session.lets('https://example.test/x.png')).toBe(false);
    expect(session.lets('http://127.0.0.1:8866/')).toBe(false);
    expect((await guardedSession(() => undefined)).lets(`${OWN}/`)).toBe(false);
  });

  it('downloads from the workbench alone', async () => {
    const session = await guardedSession();
    const denied = (url: string) => prevented(session, 'will-download', {}, { getURL: () => url });
    expect(denied(`${OWN}/api/export`)).toBe(false);
    expect(denied(`blob:${OWN}/1`)).toBe(false);
    expect(denied('https://example.test/a.exe')).toBe(true);
    expect(denied('data:text/html,x')).toBe(true);
  });
});
