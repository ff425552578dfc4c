/**
 * What no page in this program may do, whatever it shows: leave the workbench's origin, open windows, embed a webview, ask for
 * permissions, reach the network. `Origin` answers undefined until the host runs; until then everything is refused.
 */
import type { App, Session, WebContents } from 'electron';
import { externalAddress, isOwnFrame, isOwnPage, isOwnRequest } from './addresses.ts';

export type Origin = () => string | undefined;
/** Hands an address, already checked, to the system's browser. */
export type OpenExternal = (url: string) => void;

const asked = (origin: Origin, url: string, check: (url: string, own: string) => boolean): boolean => {
  const own = origin();
  return own !== undefined && check(url, own);
};

/** Guards every page that will ever be made. Call before the first window is. */
export function guardAllContents(app: App, origin: Origin, openExternal: OpenExternal): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents, origin, openExternal));
}

function guardContents(contents: WebContents, origin: Origin, openExternal: OpenExternal): void {
  const stay = (details: { url: string; isMainFrame: boolean; preventDefault(): void }) => {
    if (!asked(origin, details.url, details.isMainFrame ? isOwnPage : isOwnFrame)) details.preventDefault();
  };
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    const external = externalAddress(url, origin());
    if (external !== undefined) openExternal(external);
    return { action: 'deny' };
  });
}

/** Guards the session that the window lives in: no permission but writing text to the clipboard, no network but the host. */
export async function guardSession(session: Session, origin: Origin): Promise<void> {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const own = details.isMainFrame && asked(origin, details.requestingUrl, isOwnPage);
    answer(own && permission === 'clipboard-sanitized-write');
  });
  session.setPermissionCheckHandler(
    (_contents, permission, requester, details) =>
      permission === 'clipboard-sanitized-write' &&
      details.isMainFrame &&
      asked(origin, requester, isOwnPage),
  );
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest(({ url }, answer) =>
    answer({ cancel: !asked(origin, url, isOwnRequest) }),
  );
  session.on('will-download', (event, item) => {
    if (!asked(origin, item.getURL(), isOwnFrame)) event.preventDefault();
  });
  // The system's proxy may well be Sluice itself; the workbench is asked for directly.
  await session.setProxy({ mode: 'direct' });
}
