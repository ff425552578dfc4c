/**
 * Tabs as preferences, one for each: what of them outlives a run, and back. A text that means nothing (an older or newer Sluice wrote it)
 * gives no tab. Selections are of one capture and are not kept. Pure.
 */
import { type Preferences, SessionOrder } from '#model/contract/contract.ts';
import { BranchRef, MOST_OPEN } from '#model/contract/tree.ts';
import { NO_SCOPE, NOISES, type Scope } from '../../state/scope.ts';
import { NEWEST_LAST } from '../../state/sessions.ts';
import { FRESH_VIEW, MOST_TABS, type Tab } from '../../state/tabs.ts';
import { parseTyped } from '../sessions/typed-filter.ts';

const ORDER = 'tabs.order';
const nameOf = (id: number) => `tab.${id}`;
/** The host keeps no longer ones. */
const LONGEST = 4096;

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';

export function placesIn(value: unknown): BranchRef[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, MOST_OPEN).flatMap((one) => BranchRef.safeParse(one).data ?? []);
}

export function scopeIn(value: unknown): Scope {
  if (!isRecord(value)) return NO_SCOPE;
  const noise: unknown[] = Array.isArray(value.noise) ? value.noise : [];
  const { range } = value;
  const whole = isRecord(range) && Number.isFinite(range.from) && Number.isFinite(range.to);
  return {
    include: placesIn(value.include),
    exclude: placesIn(value.exclude),
    noise: NOISES.filter((id) => noise.includes(id)),
    ...(whole ? { range: { from: Number(range.from), to: Number(range.to) } } : {}),
  };
}

const orderIn = (value: unknown): SessionOrder => SessionOrder.safeParse(value).data ?? NEWEST_LAST;

export function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

function tabIn(id: number, text: string | undefined): Tab | undefined {
  const kept = parsed(text);
  if (!isRecord(kept)) return undefined;
  const filter = isText(kept.filter) ? kept.filter : '';
  const typed = parseTyped(filter);
  return {
    id,
    name: isText(kept.name) ? kept.name : '',
    view: {
      ...FRESH_VIEW,
      filterText: filter,
      // A pattern that cannot be judged yet was judged when it was typed.
      ...(typed.ok ? { typed: filter } : { problem: typed.problem }),
      scope: scopeIn(kept.scope),
      open: placesIn(kept.open),
      order: orderIn(kept.order),
    },
  };
}

/** The tabs that were kept, and which one was shown; undefined when there are none. */
export function readTabs(values: Preferences): { tabs: Tab[]; shown: number } | undefined {
  const [ids = '', shown = ''] = (values[ORDER] ?? '').split('|');
  const tabs = ids
    .split(' ')
    .map(Number)
    .filter((id, i, all) => Number.isSafeInteger(id) && id > 0 && all.indexOf(id) === i)
    .slice(0, MOST_TABS)
    .flatMap((id) => tabIn(id, values[nameOf(id)]) ?? []);
  return tabs.length === 0 ? undefined : { tabs, shown: Number(shown) };
}

function textOf({ name, view }: Tab): string {
  const { typed: filter, scope, open, order } = view;
  const whole = JSON.stringify({ name, filter, scope, open, order });
  if (whole.length <= LONGEST) return whole;
  const short = JSON.stringify({ name, filter, scope, order });
  return short.length <= LONGEST ? short : JSON.stringify({ name: name.slice(0, 200) });
}

/** What has to be written so that `readTabs` finds these, where `before` is there already. */
export function tabChanges(tabs: readonly Tab[], shown: number, before: Preferences): [string, string][] {
  const wanted = new Map(tabs.map((tab): [string, string] => [nameOf(tab.id), textOf(tab)]));
  wanted.set(ORDER, `${tabs.map(({ id }) => id).join(' ')}|${shown}`);
  // Of tabs that are closed nothing is left but an empty text.
  for (const name of Object.keys(before))
    if (/^tab\.\d+$/.test(name) && !wanted.has(name)) wanted.set(name, '');
  return [...wanted].filter(([name, text]) => (before[name] ?? '') !== text);
}
