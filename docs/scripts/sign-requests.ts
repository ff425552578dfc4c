/** Adds what an API wants with every request, and answers a route that the origin does not have yet. */
import type { Request } from 'sluice';

export const filter = 'host:*.acme.test';

export function request(request: Request): void {
  request.headers.set('X-Request-Id', `debug-${request.session}`);
  request.query.set('verbose', 1);
  if (request.path === '/v2/flags') request.answer({ body: { newCheckout: true } });
}
