/** The peers, in the order in which they take turns. To compare with one more: its file, and a line here. */
import { direct } from './direct.ts';
import { httpMitmProxy } from './http-mitm-proxy.ts';
import { mitmproxy } from './mitmproxy.ts';
import { mockttp } from './mockttp.ts';
import type { Peer } from './peer.ts';
import { sluice, sluiceWithRules } from './sluice.ts';
import { squid } from './squid.ts';

export const allPeers = (engine: string | undefined): readonly Peer[] => [
  direct,
  sluice(engine),
  sluiceWithRules,
  squid,
  httpMitmProxy,
  mockttp,
  mitmproxy,
];
