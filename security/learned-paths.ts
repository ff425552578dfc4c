/**
 * Endpoints whose paths name things by words, as "/tags/blue" and "/users/mia": ids that no pattern tells from names of functions. They are
 * learnt host by host: where very many different words have stood behind one path, they are names of things. In bounded memory; what
 * was told before it was learnt stays as it was.
 */

import { hostOf, templatePath } from '#model/path-template.ts';
import type { SessionRow } from '#model/session.ts';
import { RecentMap } from './reading/recent-map.ts';

/** No API has so many functions behind one path. */
const MANY = 40;
/** Behind the host itself there may be more. */
const MANY_AT_TOP = 120;
const PREFIXES = 5000;
const EXTENSION = /\.[a-z0-9]{1,5}$/i;

export class LearnedPaths {
  readonly #children = new RecentMap<string, Set<string>>(PREFIXES);

  /** The endpoint of a request, as path-template.ts tells it, with what has been learnt; learns from it. */
  endpointOf(row: Pick<SessionRow, 'method' | 'scheme' | 'host' | 'port' | 'path'>): string {
    const origin = hostOf(row).slice(2);
    let prefix = origin;
    const segments = templatePath(row.path)
      .split('/')
      .slice(1)
      .map((segment, depth) => {
        const learnt = this.#learn(prefix, segment, depth === 0 ? MANY_AT_TOP : MANY);
        prefix += `/${learnt}`;
        return learnt;
      });
    return `${row.method} ${origin}/${segments.join('/')}`;
  }

  #learn(prefix: string, segment: string, many: number): string {
    if (segment === '' || segment.includes('{')) return segment;
    const children = this.#children.at(prefix, () => new Set());
    if (children.has(segment)) return children.size >= many ? named(segment) : segment;
    if (children.size >= many) return named(segment);
    children.add(segment);
    return segment;
  }
}

const named = (segment: string) => `{name}${EXTENSION.exec(segment)?.[0] ?? ''}`;
