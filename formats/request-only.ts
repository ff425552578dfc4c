/** Formats that hold requests alone (command lines, .http files) share what they lose, so that each says it in the same words. */
import type { FullSession } from '#model/session.ts';
import type { Losses } from './losses.ts';

/** Once for a file. */
export const addRequestsOnly = (losses: Losses): void =>
  losses.addToFile('responses, timings and messages: requests alone are written');

/** Whether the session has a request to write; what of it such a format cannot say is told to `losses`. */
export function writesRequest({ session }: FullSession, losses: Losses): boolean {
  const { row, request } = session;
  if (row.kind === 'tunnel') {
    losses.add('tunnel, which has no request');
    return false;
  }
  if (row.kind === 'websocket') losses.add('WebSocket messages');
  if (request.trailers.length > 0) losses.add('trailers of the request');
  if ((request.chunkExtensions ?? []).length > 0) losses.add('chunk extensions');
  if (!request.body.complete) losses.add('that the request is incomplete');
  return true;
}
