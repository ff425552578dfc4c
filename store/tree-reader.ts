/**
 * The tree of hosts and paths, a level at a time: what is below a host or a path, with counts, errors and findings. Only levels that
 * somebody looks at are counted, and kept while they are looked at. Segments that name one thing among many are one branch ("{id}").
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Branch, BranchLevel, BranchRef } from '#model/contract/tree.ts';
import { templateSegment } from '#model/path-template.ts';
import { BlockSums, OTHERS } from './block-sums.ts';
import { BLOCK_IDS, type Blocks } from './match-counts.ts';
import { severityFromRank } from './row-codec.ts';

/** Levels that are kept, those asked for last. */
const KEPT_LEVELS = 200;
/** Branches of a level that are told, the largest. */
const MOST_BRANCHES = 1000;

interface Sums {
  readonly sessions: number;
  readonly errors: number;
  readonly findings: number;
  readonly severity: number;
  /** Of the sessions, those that are further down. */
  readonly deeper: number;
}

const join = (a: Sums, b: Sums): Sums => ({
  sessions: a.sessions + b.sessions,
  errors: a.errors + b.errors,
  findings: a.findings + b.findings,
  severity: Math.max(a.severity, b.severity),
  deeper: a.deeper + b.deeper,
});

/** Failed, or answered with an error. */
const SUMS = `count(*) AS sessions, sum(error <> 0 OR ifnull(status, 0) >= 400) AS errors, sum(findings) AS findings,
  max(severity) AS severity`;
/** Of URLs that name no port; two of them are one place to people. */
const DEFAULT_PORTS = '(80, 443, 0)';
const HOST_KEY = `CASE WHEN port IN ${DEFAULT_PORTS} THEN host ELSE host || ':' || port END`;

const nameOf = (ref: BranchRef) => [ref.host, ...ref.path].join('\u0000');

export class TreeReader {
  readonly #db: DatabaseSync;
  readonly #blocks: Blocks;
  readonly #levels = new Map<string, BlockSums<Sums>>();

  constructor(db: DatabaseSync, blocks: Blocks) {
    this.#db = db;
    this.#blocks = blocks;
  }

  /**
   * The level of the hosts and those below each of `open`, as far as they are known within about `ms`; asking again goes on from there.
   * `counted`: nothing is missing.
   */
  step(open: readonly BranchRef[], ms: number): { levels: BranchLevel[]; counted: boolean } {
    const due = performance.now() + ms;
    const refs: (BranchRef | undefined)[] = [undefined, ...open];
    let counted = true;
    const levels = refs.map((ref) => {
      const level = this.#level(ref);
      counted = level.goOn(due) && counted;
      return this.#told(ref, level.total());
    });
    return { levels, counted };
  }

  changed(blocks: Iterable<number>): void {
    for (const level of this.#levels.values()) level.changed(blocks);
  }

  forget(): void {
    this.#levels.clear();
  }

  #level(ref: BranchRef | undefined): BlockSums<Sums> {
    const name = ref === undefined ? '' : nameOf(ref);
    const level =
      this.#levels.get(name) ??
      new BlockSums(this.#blocks, {
        read: ref === undefined ? this.#hosts() : this.#below(ref),
        join,
        weigh: ({ sessions }) => sessions,
      });
    this.#levels.delete(name);
    this.#levels.set(name, level);
    for (const oldest of this.#levels.keys()) {
      if (this.#levels.size <= KEPT_LEVELS) break;
      this.#levels.delete(oldest);
    }
    return level;
  }

  #hosts(): (first: number, last: number) => Map<string, Sums> {
    const statement = this.#db.prepare(
      `SELECT ${HOST_KEY} AS key, sum(sessions) AS sessions, sum(errors) AS errors, sum(findings) AS findings,
          max(severity) AS severity, sum(deeper) AS deeper
        FROM (SELECT origin, ${SUMS}, sum(path LIKE '/%') AS deeper FROM sessions WHERE id BETWEEN ? AND ? GROUP BY origin)
        JOIN origins ON origins.id = origin GROUP BY key`,
    );
    return (first, last) =>
      new Map(statement.all(first, last).map((row) => [String(row.key), sumsOf(row, Number(row.deeper))]));
  }

  /** What is before the first template is compared by SQL, the rest here. */
  #below({ host, path }: BranchRef): (first: number, last: number) => Map<string, Sums> {
    const template = path.findIndex((segment) => /[{;…]/.test(segment));
    const plain = template < 0 ? path : path.slice(0, template);
    const prefix = `${['', ...plain].join('/')}/`;
    const statement = this.#db.prepare(
      `SELECT substr(path, 1, instr(replace(path, '#', '?') || '?', '?') - 1) AS plain, ${SUMS} FROM sessions
        WHERE id BETWEEN ?1 AND ?2 AND origin IN (SELECT id FROM origins WHERE ${HOST_KEY} = ?3)
          AND substr(path, 1, ${prefix.length}) = ?4 GROUP BY plain`,
    );
    // The same segments come again and again, and templating one is some ten patterns.
    const templates = new Map<string, string>();
    const templated = (segment: string) => {
      const known = templates.get(segment);
      if (known !== undefined) return known;
      const made = templateSegment(segment);
      if (templates.size < BLOCK_IDS) templates.set(segment, made);
      return made;
    };
    return (first, last) => {
      const found = new Map<string, Sums>();
      for (const row of statement.all(first, last, host, prefix)) {
        const segments = String(row.plain).split('/').slice(1);
        const segment = segments[path.length];
        // The last segment of a path that ends here is the branch itself.
        if (segment === undefined) continue;
        if (
          template >= 0 &&
          path.some((wanted, i) => i >= template && templated(segments[i] ?? '') !== wanted)
        )
          continue;
        const deeper = segments.length > path.length + 1 ? Number(row.sessions) : 0;
        const key = templated(segment);
        const sums = sumsOf(row, deeper);
        const before = found.get(key);
        found.set(key, before === undefined ? sums : join(before, sums));
      }
      return found;
    };
  }

  #told(of: BranchRef | undefined, total: Map<string, Sums>): BranchLevel {
    const left = total.get(OTHERS)?.sessions ?? 0;
    total.delete(OTHERS);
    const all = [...total].filter(([, { sessions }]) => sessions > 0);
    all.sort(([a, x], [b, y]) => y.sessions - x.sessions || (a < b ? -1 : 1));
    const branches = all.slice(0, MOST_BRANCHES).map(([name, sums]): Branch => {
      const severity = severityFromRank(sums.severity);
      const { sessions, errors, findings } = sums;
      return { name, sessions, errors, findings, inner: sums.deeper > 0, ...(severity ? { severity } : {}) };
    });
    const more = all.slice(MOST_BRANCHES).reduce((sum, [, { sessions }]) => sum + sessions, left);
    return { ...(of === undefined ? {} : { of }), branches, more };
  }
}

const sumsOf = (row: Readonly<Record<string, unknown>>, deeper: number): Sums => ({
  sessions: Number(row.sessions),
  errors: Number(row.errors),
  findings: Number(row.findings),
  severity: Number(row.severity),
  deeper,
});
