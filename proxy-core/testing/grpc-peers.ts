/** A gRPC service and its client through a proxy's CONNECT, by @grpc/grpc-js: messages are texts, methods of all four kinds. */
import {
  type Client,
  type ClientDuplexStream,
  type ClientReadableStream,
  type ClientUnaryCall,
  type ClientWritableStream,
  credentials,
  type handleBidiStreamingCall,
  type handleClientStreamingCall,
  type handleServerStreamingCall,
  type handleUnaryCall,
  type Metadata,
  makeGenericClientConstructor,
  Server,
  ServerCredentials,
  type ServiceDefinition,
  type ServiceError,
} from '@grpc/grpc-js';
import type { OriginCertificate } from './origin.ts';

const method = (name: string, requestStream: boolean, responseStream: boolean) => ({
  path: `/test.Texts/${name}`,
  requestStream,
  responseStream,
  requestSerialize: (text: string) => Buffer.from(text),
  requestDeserialize: (bytes: Buffer) => bytes.toString(),
  responseSerialize: (text: string) => Buffer.from(text),
  responseDeserialize: (bytes: Buffer) => bytes.toString(),
});

const SERVICE = {
  unary: method('Unary', false, false),
  collect: method('Collect', true, false),
  list: method('List', false, true),
  chat: method('Chat', true, true),
} as const satisfies ServiceDefinition;

export interface TextsHandlers {
  readonly unary: handleUnaryCall<string, string>;
  readonly collect: handleClientStreamingCall<string, string>;
  readonly list: handleServerStreamingCall<string, string>;
  readonly chat: handleBidiStreamingCall<string, string>;
}

export interface GrpcOrigin extends AsyncDisposable {
  readonly port: number;
}

/** With TLS when there is a certificate. */
export async function grpcOrigin(handlers: TextsHandlers, tls?: OriginCertificate): Promise<GrpcOrigin> {
  const server = new Server();
  server.addService(SERVICE, { ...handlers });
  const secure = tls && [{ cert_chain: Buffer.from(tls.cert), private_key: Buffer.from(tls.key) }];
  const own = secure ? ServerCredentials.createSsl(null, secure) : ServerCredentials.createInsecure();
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', own, (error, bound) => (error ? reject(error) : resolve(bound)));
  });
  return {
    port,
    [Symbol.asyncDispose]: async () => server.forceShutdown(),
  };
}

type Answer = (error: ServiceError | null, text?: string) => void;

export interface TextsClient extends Client {
  unary(text: string, metadata: Metadata, options: { deadline?: number }, answer: Answer): ClientUnaryCall;
  collect(answer: Answer): ClientWritableStream<string>;
  list(text: string): ClientReadableStream<string>;
  chat(): ClientDuplexStream<string, string>;
}

const TextsConstructor = makeGenericClientConstructor(SERVICE, 'Texts');

/** `ca`: PEM to trust for TLS; without it the channel is in clear text. */
export function grpcClient(
  proxyPort: number,
  port: number,
  ca?: string,
): { readonly client: TextsClient } & Disposable {
  const own = ca === undefined ? credentials.createInsecure() : credentials.createSsl(Buffer.from(ca));
  // What grpc_proxy in the environment comes to.
  const options = { 'grpc.http_connect_target': `dns:localhost:${port}` };
  const client = new TextsConstructor(`127.0.0.1:${proxyPort}`, own, options) as unknown as TextsClient;
  return { client, [Symbol.dispose]: () => client.close() };
}
