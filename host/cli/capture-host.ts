/**
 * A host for commands that send: the one that is writing the capture where there is one, else one that is started for the command. What is
 * sent becomes a session of the capture either way.
 */
import type { OutgoingRequest } from '#model/contract/contract.ts';
import { SluiceError } from '#model/errors.ts';
import type { Session, SessionId } from '#model/session.ts';
import { createHost } from '../create-host.ts';
import { readHostFile } from '../host-file.ts';
import { connectRpc, type RpcClient } from '../rpc/client.ts';
import type { DataOption } from './capture-argument.ts';

export interface HostOption extends DataOption {
  readonly upstreamCa?: readonly string[];
}

export interface CaptureHost extends AsyncDisposable {
  readonly client: RpcClient;
  /** Sends and waits for the end, whatever it is. */
  send(request: OutgoingRequest): Promise<Session>;
}

async function finished(client: RpcClient, id: SessionId): Promise<Session> {
  let last: Session | undefined;
  for await (const session of client.open('sessions.get', { id })) last = session;
  if (last) return last;
  throw new SluiceError('not-found', `Session ${id} vanished while it was sent.`);
}

/** @throws SluiceError what `createHost` and `connectRpc` throw. */
export async function captureHost(capture: string, options: HostOption): Promise<CaptureHost> {
  await using stack = new AsyncDisposableStack();
  let address = (await readHostFile(capture))?.address;
  if (address === undefined) {
    const host = await createHost({
      processLookup: false,
      capture,
      port: 0,
      ...(options.data === undefined ? {} : { dataFolder: options.data }),
      upstreamCaFiles: options.upstreamCa ?? [],
    });
    stack.use(host);
    address = host.uiAddress;
  }
  const client = stack.use(await connectRpc(address));
  const parts = stack.move();
  return {
    client,
    send: async (request) => finished(client, (await client.call('composer.send', request)).id),
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}
