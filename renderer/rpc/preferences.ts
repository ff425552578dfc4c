/** Ties the preferences' store to the host, which keeps them. */
import { toSluiceError } from '#model/errors.ts';
import { usePreferences } from '../state/preferences.ts';
import type { RpcClient } from './client.ts';

/** No window waits longer than this for how it should look. */
const WAIT_MS = 800;

/** Follows the host from now on, and writes to it. Resolves when the choices are there, or when waiting is not worth it. */
export function connectPreferences(
  rpc: RpcClient,
  onError: (message: string) => void,
  waitMs = WAIT_MS,
): Promise<void> {
  usePreferences.setState({
    keep: (name, value) => {
      rpc
        .call('preferences.set', { name, value })
        .catch((cause: unknown) => onError(toSluiceError(cause).message));
    },
  });
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, waitMs);
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    rpc.watch(
      'preferences.watch',
      {},
      {
        item(values) {
          usePreferences.getState().receive(values);
          done();
        },
        error: done,
      },
    );
  });
}
