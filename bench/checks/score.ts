/** How right the checks are on labelled cases: precision and recall by check and in all, with every miss by name. Pure. */

export interface Judged {
  readonly title: string;
  readonly expected: readonly string[];
  readonly found: readonly string[];
}

export interface Score {
  readonly check: string;
  readonly right: number;
  /** Found where nothing of the kind is. */
  readonly wrong: number;
  readonly missed: number;
}

/** 1 where nothing was found, or nothing was to be found. */
export const precision = ({ right, wrong }: Score) => (right + wrong === 0 ? 1 : right / (right + wrong));
export const recall = ({ right, missed }: Score) => (right + missed === 0 ? 1 : right / (right + missed));

const scoreOf = (check: string, cases: readonly Judged[]): Score => {
  const has = (ids: readonly string[]) => ids.includes(check);
  return {
    check,
    right: cases.filter(({ expected, found }) => has(expected) && has(found)).length,
    wrong: cases.filter(({ expected, found }) => !has(expected) && has(found)).length,
    missed: cases.filter(({ expected, found }) => has(expected) && !has(found)).length,
  };
};

export interface Scores {
  readonly all: Score;
  readonly checks: readonly Score[];
  /** A sentence each. */
  readonly misses: readonly string[];
}

export function scoresOf(cases: readonly Judged[]): Scores {
  const ids = [...new Set(cases.flatMap(({ expected, found }) => [...expected, ...found]))].toSorted();
  const checks = ids.map((id) => scoreOf(id, cases));
  const sum = (key: 'right' | 'wrong' | 'missed') => checks.reduce((total, score) => total + score[key], 0);
  const misses = cases.flatMap(({ title, expected, found }) => [
    ...expected.filter((id) => !found.includes(id)).map((id) => `${title}: ${id} was missed`),
    ...found.filter((id) => !expected.includes(id)).map((id) => `${title}: ${id} was found and is not there`),
  ]);
  return {
    all: { check: 'all', right: sum('right'), wrong: sum('wrong'), missed: sum('missed') },
    checks,
    misses,
  };
}
