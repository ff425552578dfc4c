/** The replay dialog's fields, and the plan that they say. Pure: what is wrong is told by field, before the host is asked. */
import { SluiceError } from '#model/errors.ts';
import { requestCount } from '#model/replay/combinations.ts';
import { FREE_RATE, MOST_PARALLEL, MOST_RATE, MOST_REQUESTS, type ReplayPlan } from '#model/replay/plan.ts';
import { valuesOf } from '#model/replay/values.ts';
import type { SessionId } from '#model/session.ts';

export interface VariedPart {
  readonly key: number;
  readonly part: string;
  readonly values: string;
}

/** As typed. */
export interface ReplayForm {
  readonly count: string;
  readonly pace: ReplayPlan['pace']['kind'];
  readonly rate: string;
  readonly parallel: string;
  readonly delay: string;
  readonly ramp: string;
  readonly speed: string;
  readonly origin: string;
  readonly unconditional: boolean;
  readonly varied: readonly VariedPart[];
  readonly zip: boolean;
  readonly extract: string;
  readonly stopStatus: string;
  readonly stopPattern: string;
  readonly stopFailure: boolean;
  readonly stopChange: boolean;
  readonly scope: string;
  /** One after the other, with what earlier answers gave. */
  readonly scenario: boolean;
  /** Names of variables that stay as recorded. */
  readonly without: readonly string[];
}

export const FIRST_FORM: ReplayForm = {
  count: '1',
  pace: 'paced',
  rate: String(FREE_RATE),
  parallel: '1',
  delay: '0',
  ramp: '0',
  speed: '1',
  origin: '',
  unconditional: false,
  varied: [],
  zip: false,
  extract: '',
  stopStatus: '',
  stopPattern: '',
  stopFailure: false,
  stopChange: false,
  scope: '',
  scenario: false,
  without: [],
};

export type FieldName = keyof ReplayForm | `varied.${number}`;
export type FormResult =
  | { readonly ok: true; readonly plan: ReplayPlan; readonly total: number }
  | { readonly ok: false; readonly problems: ReadonlyMap<FieldName, string> };

const words = (text: string) => text.split(/[\s,]+/).filter((word) => word !== '');

/** Whether the pace asks for more than hosts outside a scope may get. */
export const needsScope = ({ pace, rate }: Pick<ReplayForm, 'pace' | 'rate'>): boolean =>
  pace === 'together' || (pace === 'paced' && Number(rate) > FREE_RATE);

export function planOfForm(ids: readonly SessionId[], form: ReplayForm): FormResult {
  const problems = new Map<FieldName, string>();
  const number = (
    field: 'count' | 'rate' | 'parallel' | 'delay' | 'ramp' | 'speed',
    min: number,
    max: number,
  ) => {
    const text = form[field].trim();
    const value = Number(text);
    const whole = field === 'rate' || field === 'speed' || Number.isInteger(value);
    if (text !== '' && whole && value >= min && value <= max) return value;
    problems.set(field, `From ${min} to ${max.toLocaleString('en')}.`);
    return min;
  };
  const paceOf = (): ReplayPlan['pace'] => {
    if (form.pace === 'together') return { kind: 'together' };
    if (form.pace === 'original') return { kind: 'original', speed: number('speed', 0.01, 1000) };
    const [rate, parallel] = [number('rate', 0.01, MOST_RATE), number('parallel', 1, MOST_PARALLEL)];
    const [delayMs, rampMs] = [number('delay', 0, 3_600_000), number('ramp', 0, 3_600_000)];
    return { kind: 'paced', rate, parallel, delayMs, rampMs };
  };
  const variations = form.varied.flatMap(({ key, part, values }) => {
    if (part.trim() === '' && values === '') return [];
    try {
      if (part.trim() === '')
        throw new SluiceError('usage', 'Say which part: query.page, header.Accept, $.id…');
      return [{ part: part.trim(), values: valuesOf(values) }];
    } catch (error) {
      problems.set(`varied.${key}`, error instanceof Error ? error.message : String(error));
      return [];
    }
  });
  const statuses = words(form.stopStatus);
  const wrong = statuses.find((status) => !/^[1-5](?:\d\d|xx)$/i.test(status));
  if (wrong !== undefined) problems.set('stopStatus', `"${wrong}" is no status: write 429 or 5xx.`);
  const scope = words(form.scope);
  if (needsScope(form) && scope.length === 0) {
    problems.set('scope', `Above ${FREE_RATE} requests a second, name the hosts that you may test.`);
  }
  const extract = form.extract.trim();
  const plan: ReplayPlan = {
    ids: [...ids],
    count: number('count', 1, MOST_REQUESTS),
    change: {
      ...(form.origin.trim() === '' ? {} : { origin: form.origin.trim() }),
      ...(form.unconditional ? { unconditional: true } : {}),
    },
    variations,
    combine: form.zip ? 'zip' : 'product',
    pace: paceOf(),
    ...(form.scenario ? { scenario: { without: [...form.without] } } : {}),
    ...(extract === ''
      ? {}
      : { extract: extract.startsWith('$') ? { json: extract } : { pattern: extract } }),
    stop: {
      ...(statuses.length === 0 ? {} : { statuses }),
      ...(form.stopPattern === '' ? {} : { pattern: form.stopPattern }),
      ...(form.stopFailure ? { failure: true } : {}),
      ...(form.stopChange ? { otherStatus: true } : {}),
    },
    scope,
  };
  if (problems.size > 0) return { ok: false, problems };
  try {
    return { ok: true, plan, total: requestCount(plan) };
  } catch (error) {
    problems.set('count', error instanceof Error ? error.message : String(error));
    return { ok: false, problems };
  }
}
