/** Which tabs a session has, with counts, and how many of them fit beside each other. What does not apply is left out. */
import type { Session } from '#model/session.ts';
import { INSPECTOR_TABS, type InspectorTab } from '../../state/inspector.ts';
import { credentialsOf } from './auth/credentials.ts';
import { sentCookies, setCookies } from './cookies.ts';
import { queryFields } from './fields.ts';
import { isForm } from './form-type.ts';

export interface ApplicableTab {
  readonly id: InspectorTab;
  readonly count: number | undefined;
}

/** Tabs in their order; `findings` is how many the session has. */
export function tabsOf(session: Session, findings: number): ApplicableTab[] {
  const { request, response, facts, messageCount, row } = session;
  const headers = request.head.headers.length + (response?.head.headers.length ?? 0);
  const cookies =
    sentCookies(request.head.headers).length + setCookies(response?.head.headers ?? [], 0).length;
  const query = queryFields(row.url).length;
  const counts: Partial<Record<InspectorTab, number>> = {
    headers,
    cookies,
    findings,
    messages: messageCount,
  };
  if (query > 0) counts.query = query;
  const applies: Partial<Record<InspectorTab, boolean>> = {
    request: row.kind !== 'tunnel',
    response: row.kind !== 'tunnel' && row.kind !== 'websocket',
    messages: row.kind === 'websocket' || messageCount > 0,
    findings: findings > 0,
    cookies: cookies > 0,
    query: query > 0 || isForm(request.head.headers),
    auth: credentialsOf(session).length > 0,
    tls: facts.clientTls !== undefined || facts.serverTls !== undefined,
    hex: row.kind === 'http',
  };
  return INSPECTOR_TABS.filter((id) => applies[id] ?? true).map((id) => ({ id, count: counts[id] }));
}

/** The tab shown: the one asked for, or the closest that says the same of this session. */
export function tabShown(tabs: readonly ApplicableTab[], asked: InspectorTab): InspectorTab {
  const has = (id: InspectorTab) => tabs.some((tab) => tab.id === id);
  if (has(asked)) return asked;
  return asked === 'response' && has('messages') ? 'messages' : 'overview';
}

/**
 * Indices of the tabs that fit in `available` px, given each tab's width. When not all fit, `moreWidth` px are kept for the menu button. The
 * active tab always fits: it takes the place of the last ones.
 */
export function fittingTabs(
  widths: readonly number[],
  available: number,
  moreWidth: number,
  active: number,
): number[] {
  const all = widths.map((_, i) => i);
  if (widths.reduce((sum, width) => sum + width, 0) <= available) return all;
  let room = available - moreWidth - (widths[active] ?? 0);
  const fitting: number[] = [];
  for (const i of all) {
    if (i === active) fitting.push(i);
    else {
      room -= widths[i] ?? 0;
      // One that does not fit ends the row, so that tabs keep their places.
      if (room < 0) break;
      fitting.push(i);
    }
  }
  return fitting.includes(active) || active < 0 ? fitting : [...fitting, active];
}
