/** Hears what a client's stream tells before its exchange does, and after it has gone. */
import type { ClientHandler } from './streams.ts';

export const NO_HANDLER: ClientHandler = {
  requestData() {},
  requestEnd() {},
  requestInvalid() {},
  clientDrained() {},
  clientGone() {},
};
