/** Bounds on what one HTTP/1.1 message may make us hold, in octets or counts. Bodies are never held and so have none. */
export interface WireLimits {
  /** Start line, field lines and the empty line together. */
  readonly head: number;
  /** Field lines of a head or a trailer section. */
  readonly fields: number;
  /** Request target. A request line that is over `head` all by itself is one too long as well. */
  readonly target: number;
  /** Chunk extensions of one body together (RFC 9112 §7.1.1 asks for such a limit). */
  readonly chunkExtensions: number;
  /** Trailer section. */
  readonly trailers: number;
}

export const DEFAULT_LIMITS: WireLimits = {
  head: 64 * 1024,
  fields: 1000,
  target: 64 * 1024,
  chunkExtensions: 16 * 1024,
  trailers: 64 * 1024,
};
