/** What is known of the connection a request came on. One object for each decrypted or plain connection; facts are made once. */
import type { ExchangeFacts, TlsFacts } from '#model/session.ts';
import type { Authority, Scheme } from '../target.ts';
import { Places } from './places.ts';

export interface ClientDescription {
  readonly number: number;
  /** `ip:port`. */
  readonly address?: string | undefined;
  /** What CONNECT, SOCKS or a reverse listener said that the connection is for; absent on a proxy's plain connection. */
  readonly tunnel?: Authority;
  /** The listener stands for this origin (scheme of the origin, which may differ from the connection's). */
  readonly reverse?: { readonly scheme: Scheme; readonly authority: Authority };
  readonly tls?: TlsFacts;
}

export class Client {
  readonly description: ClientDescription;
  readonly facts: ExchangeFacts;
  readonly places = new Places();

  constructor(description: ClientDescription) {
    this.description = description;
    const { number, address, tls } = description;
    this.facts = {
      ...(address === undefined ? {} : { clientAddress: address }),
      clientConnection: number,
      ...(tls === undefined ? {} : { clientTls: tls }),
    };
  }
}
