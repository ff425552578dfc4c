import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Preferences } from '#model/contract/contract.ts';
import { SluiceError } from '#model/errors.ts';
import { themeOf, usePreferences } from '../state/preferences.ts';
import type { RpcClient, WatchHandlers } from './client.ts';
import { connectPreferences } from './preferences.ts';

beforeEach(() => usePreferences.setState(usePreferences.getInitialState()));

function host(call: RpcClient['call'] = vi.fn()) {
  let handlers: WatchHandlers<'preferences.watch'> = { item: () => {} };
  const rpc = {
    call,
    watch: (_name: string, _params: unknown, given: typeof handlers) => {
      handlers = given;
      return () => {};
    },
  } as unknown as RpcClient;
  return {
    rpc,
    say: (values: Preferences) => handlers.item(values),
    fail: () => handlers.error?.(new SluiceError('connection-lost', 'gone')),
  };
}

describe('the preferences of the host', () => {
  it('are in force when the waiting is over, and followed from then on', async () => {
    const { rpc, say } = host();
    const ready = connectPreferences(rpc, () => {}, 60_000);
    say({ theme: 'dark' });
    await ready;
    expect(themeOf(usePreferences.getState())).toBe('dark');
    say({ theme: 'light' });
    expect(themeOf(usePreferences.getState())).toBe('light');
  });

  it('keep nobody waiting who cannot be answered', async () => {
    const { rpc, fail } = host();
    const ready = connectPreferences(rpc, () => {}, 60_000);
    fail();
    await ready;
    await connectPreferences(host().rpc, () => {}, 1);
  });

  it('are written there, and a failure is said', async () => {
    const call = vi
      .fn()
      .mockResolvedValueOnce({})
      .mockRejectedValueOnce(new SluiceError('file-unwritable', 'Full.'));
    const { rpc, say } = host(call as RpcClient['call']);
    const said = vi.fn();
    const ready = connectPreferences(rpc, said, 60_000);
    say({});
    await ready;
    usePreferences.getState().set('theme', 'dark');
    usePreferences.getState().set('theme', 'light');
    expect(call.mock.calls).toEqual([
      ['preferences.set', { name: 'theme', value: 'dark' }],
      ['preferences.set', { name: 'theme', value: 'light' }],
    ]);
    await vi.waitFor(() => expect(said).toHaveBeenCalledExactlyOnceWith('Full.'));
  });
});
