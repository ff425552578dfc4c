/**
 * What the palette lists for what is typed, in sections. With nothing typed: what was run last, then everything by group. Else the actions
 * that match, the best first, and ways to take the text for a filter or for a session's number. Actions that cannot be done now come last
 * and say so, instead of hiding that they exist. Decides only; Palette.tsx draws and runs.
 */
import { ACTION_GROUPS, type Action, isEnabled, labelOf } from '../../actions/action.ts';
import { fuzzyMatch } from '../../actions/fuzzy.ts';
import { groupText, paletteText } from '../../text/frame.ts';
import { quickText } from '../../text/quick-exec.ts';
import { parseTyped } from '../sessions/typed-filter.ts';
import { type QuickCommand, quickExec } from './quick-exec.ts';

export type PaletteItem =
  | {
      readonly kind: 'action';
      readonly action: Action;
      readonly label: string;
      /** Offsets of the letters that match. */
      readonly marks: readonly number[];
      readonly enabled: boolean;
    }
  | { readonly kind: 'quick'; readonly command: QuickCommand; readonly label: string }
  | { readonly kind: 'filter'; readonly text: string; readonly label: string }
  | { readonly kind: 'session'; readonly id: number; readonly label: string };

export interface PaletteSection {
  /** Absent for the matches of what was typed. */
  readonly title?: string;
  readonly items: readonly PaletteItem[];
}

const RECENT_BONUS = 3;
/** Letters found here and there are left out when another name holds them so much better. */
const WORTH_SHOWING = 0.4;
/** A match by another word than its name comes after those by name. */
const KEYWORD_LOSS = 10;

export function paletteSections(
  actions: readonly Action[],
  query: string,
  recent: readonly string[],
): PaletteSection[] {
  const shown = actions.filter((action) => !action.hidden);
  const text = query.trim();
  const sections = text === '' ? everything(shown, recent) : matches(shown, text, recent);
  return sections.filter(({ items }) => items.length > 0);
}

const itemOf = (action: Action, marks: readonly number[] = []): PaletteItem => ({
  kind: 'action',
  action,
  label: labelOf(action),
  marks,
  enabled: isEnabled(action),
});

function everything(actions: readonly Action[], recent: readonly string[]): PaletteSection[] {
  const again = recent.flatMap((id) => actions.filter((action) => action.id === id && isEnabled(action)));
  const rest = actions.filter((action) => !again.includes(action));
  const groups = ACTION_GROUPS.map((group) => ({
    title: groupText[group],
    items: rest
      .filter((action) => action.group === group)
      .map((action) => itemOf(action))
      .sort((a, b) => Number(isOff(a)) - Number(isOff(b))),
  }));
  return [{ title: paletteText.recent, items: again.map((action) => itemOf(action)) }, ...groups];
}

const isOff = (item: PaletteItem) => item.kind === 'action' && !item.enabled;

function matches(actions: readonly Action[], text: string, recent: readonly string[]): PaletteSection[] {
  const all = actions.flatMap((action) => {
    const match = matchOf(action, text);
    if (!match) return [];
    const bonus = recent.includes(action.id) ? RECENT_BONUS : 0;
    return [{ item: itemOf(action, match.marks), score: match.score + bonus }];
  });
  const best = Math.max(...all.map(({ score }) => score));
  const found = all
    .filter(({ score }) => score >= best * WORTH_SHOWING)
    .sort((a, b) => Number(isOff(a.item)) - Number(isOff(b.item)) || b.score - a.score)
    .map(({ item }) => item);
  const commands = { items: found };
  const sessions = { title: paletteText.search, items: sessionItems(text) };
  const command = quickExec(text);
  const quick: PaletteSection[] = command
    ? [{ title: quickText.section, items: [{ kind: 'quick', command, label: command.label }] }]
    : [];
  // What is plainly a filter is not looked for among the commands first.
  return [...quick, ...(isCondition(text) ? [sessions, commands] : [commands, sessions])];
}

function matchOf(action: Action, text: string): { marks: readonly number[]; score: number } | undefined {
  const match = fuzzyMatch(text, labelOf(action));
  if (match) return { marks: match.positions, score: match.score };
  const scores = (action.keywords ?? [])
    // Words are known or not: letters scattered over them mean nothing.
    .filter((word) => word.startsWith(text.toLowerCase()))
    .map((word) => (fuzzyMatch(text, word)?.score ?? 0) - KEYWORD_LOSS);
  return scores.length === 0 ? undefined : { marks: [], score: Math.max(...scores) };
}

const isCondition = (text: string) => {
  const parsed = parseTyped(text);
  return parsed.ok && parsed.filter.type !== 'word' && /[:=<>]/.test(text);
};

function sessionItems(text: string): PaletteItem[] {
  const filter: PaletteItem = { kind: 'filter', text: filterTextOf(text), label: paletteText.filterBy(text) };
  const number = /^#?(\d{1,15})$/.exec(text)?.[1];
  const id = Number(number);
  if (number === undefined || id < 1) return [filter];
  return [{ kind: 'session', id, label: paletteText.goTo(id) }, filter];
}

/** A text that is no filter is looked for as it stands. */
const filterTextOf = (text: string) => (parseTyped(text).ok ? text : `"${text.replace(/[\\"]/g, '\\$&')}"`);
