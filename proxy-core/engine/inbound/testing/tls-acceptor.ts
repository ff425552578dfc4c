/** A listener that ends TLS with `acceptTls`, as the engine does, and says for each connection how that went. */
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Authority } from '#certs/authority.ts';
import { ClientTlsError } from '../client-rejection.ts';
import { readOpening } from '../opening.ts';
import { SecureContexts } from '../secure-contexts.ts';
import { type AcceptedTls, type AcceptTlsOptions, acceptTls } from '../tls-server.ts';
import { listener } from './loopback.ts';

export interface TlsAcceptor extends AsyncDisposable {
  readonly port: number;
  readonly contexts: SecureContexts;
  /** How the next connection went, in the order in which they were decided. */
  next(): Promise<AcceptedTls | ClientTlsError>;
  /** The same, or a failed test when TLS did not come about. */
  accepted(): Promise<AcceptedTls>;
  rejected(): Promise<ClientTlsError>;
}

export interface TlsAcceptorOptions extends Partial<Omit<AcceptTlsOptions, 'hello'>> {
  readonly authority: Authority;
  /** What is done with a decrypted connection; by default it is read and ended with the client. */
  readonly serve?: (tls: TLSSocket) => void;
}

const readAndEnd = (tls: TLSSocket) => void tls.on('end', () => tls.end()).resume();

export async function tlsAcceptor(options: TlsAcceptorOptions): Promise<TlsAcceptor> {
  const { authority, serve = readAndEnd, contexts = new SecureContexts(authority), ...rest } = options;
  const results: (AcceptedTls | ClientTlsError)[] = [];
  const waiting: ((result: AcceptedTls | ClientTlsError) => void)[] = [];
  const tell = (result: AcceptedTls | ClientTlsError) => {
    const resolve = waiting.shift();
    if (resolve) resolve(result);
    else results.push(result);
  };
  const accept = async (socket: Socket) => {
    const opening = await readOpening(socket, { silenceMs: 10_000, wholeMs: 10_000 });
    if (opening.protocol !== 'tls') {
      socket.destroy();
      return;
    }
    try {
      const accepted = await acceptTls(socket, opening.bytes, {
        contexts,
        hello: opening.hello,
        alpn: ['http/1.1'],
        ...rest,
      });
      serve(accepted.tls);
      tell(accepted);
    } catch (error) {
      if (!(error instanceof ClientTlsError)) throw error;
      tell(error);
    }
  };
  const listening = await listener((socket) => void accept(socket));
  const next = () => {
    const result = results.shift();
    return result
      ? Promise.resolve(result)
      : new Promise<AcceptedTls | ClientTlsError>((resolve) => waiting.push(resolve));
  };
  return {
    port: listening.port,
    contexts,
    next,
    accepted: async () => {
      const result = await next();
      if (result instanceof Error) throw result;
      return result;
    },
    rejected: async () => {
      const result = await next();
      if (result instanceof Error) return result;
      throw new Error('TLS came about');
    },
    [Symbol.asyncDispose]: () => listening[Symbol.asyncDispose](),
  };
}
