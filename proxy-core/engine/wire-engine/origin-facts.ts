/** Facts and times of the origin's side of one exchange, for the session. */
import type { ExchangeFacts, Timings } from '#model/session.ts';

export interface OriginFacts {
  /** Without `clientX`; one object per connection, so that who keeps facts can know them by identity. */
  readonly connection: ExchangeFacts;
  /** The connection had served before. */
  readonly reused: boolean;
  /** HTTP/2 only. */
  readonly streamId?: number;
  /** What opening the connection took; nothing for a reused one. */
  readonly timings: Pick<Timings, 'dns' | 'connect' | 'tls'>;
}
