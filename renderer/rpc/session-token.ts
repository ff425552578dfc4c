/**
 * The run's token comes in the address's fragment (`#token=…`), which browsers send to nobody. It is exchanged once for an HttpOnly cookie and
 * taken out of the address bar, so that it is in no history entry, screenshot or copied link.
 */

/** The token of a location's hash and the hash without it, or undefined when there is none. */
export function tokenOf(hash: string): { readonly token: string; readonly rest: string } | undefined {
  const parameters = new URLSearchParams(hash.replace(/^#/, ''));
  const token = parameters.get('token');
  if (!token) return undefined;
  parameters.delete('token');
  const rest = parameters.toString();
  return { token, rest: rest ? `#${rest}` : '' };
}

/** Exchanges the token of this page's address, if there is one. False when the host refuses it. */
export async function exchangeToken(): Promise<boolean> {
  const found = tokenOf(location.hash);
  if (!found) return true;
  history.replaceState(history.state, '', `${location.pathname}${location.search}${found.rest}`);
  const answer = await fetch('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: found.token }),
  });
  return answer.ok;
}
