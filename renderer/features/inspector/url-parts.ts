/** An address cut where people look: what comes before the path, the path, and the rest. */
export interface UrlParts {
  readonly origin: string;
  readonly path: string;
  readonly rest: string;
}

/** Cuts without decoding or normalising anything; what is not an absolute URL is all path. */
export function urlParts(url: string): UrlParts {
  const found = /^([a-z][a-z0-9+.-]*:\/\/[^/?#]*)([^?#]*)(.*)$/is.exec(url);
  if (!found) return { origin: '', path: url, rest: '' };
  return { origin: found[1] ?? '', path: found[2] ?? '', rest: found[3] ?? '' };
}
