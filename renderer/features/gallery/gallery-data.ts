/** What the gallery shows its primitives with. */
import type { SessionRow } from '#model/session.ts';
import { confirm } from '../../ui/confirm.ts';
import type { MenuEntry } from '../../ui/Menu.tsx';

export const METHODS: readonly Pick<SessionRow, 'method' | 'kind'>[] = [
  ...['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'].map((method) => ({
    method,
    kind: 'http' as const,
  })),
  { method: 'GET', kind: 'websocket' },
  { method: 'CONNECT', kind: 'tunnel' },
];

type Status = Pick<SessionRow, 'status' | 'state' | 'error'>;
export const STATUSES: readonly Status[] = [
  ...[101, 200, 204, 302, 304, 401, 404, 500].map((status): Status => ({ status, state: 'completed' })),
  { status: undefined, state: 'active' },
  { status: undefined, state: 'failed', error: 'dns' },
  { status: undefined, state: 'client-aborted' },
  { status: 200, state: 'server-aborted' },
];

const nothing = () => {};
export const MENU: readonly MenuEntry[] = [
  { id: 'one', label: 'An entry', shortcut: 'Ctrl+U', onSelect: nothing },
  { id: 'two', label: 'A choice that is taken', checked: true, onSelect: nothing },
  { id: 'three', label: 'A choice that is not', checked: false, onSelect: nothing },
  'separator',
  { id: 'more', label: 'More', entries: [{ id: 'sub', label: 'Within', onSelect: nothing }] },
  { id: 'off', label: 'Disabled', disabled: true, onSelect: nothing },
  { id: 'gone', label: 'For good…', danger: true, onSelect: nothing },
];

export const makeQuestion = (): Promise<boolean> =>
  confirm({
    title: 'Do it for good?',
    text: 'It cannot be undone.',
    confirmLabel: 'Do it',
    danger: true,
  });
