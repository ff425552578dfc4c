/**
 * Keyboard shortcuts as text: modifiers in the order Ctrl, Alt, Shift, then one key, joined by "+" ("Ctrl+Shift+P", "Shift+Del", "r", "F12").
 * `Ctrl` means Command on a Mac. Pure: events come in as plain data.
 */

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const KEY_NAMES: Readonly<Record<string, string>> = {
  del: 'delete',
  esc: 'escape',
  space: ' ',
  up: 'arrowup',
  down: 'arrowdown',
  plus: '+',
};

const SHOWN: Readonly<Record<string, string>> = {
  up: '↑',
  down: '↓',
  delete: 'Del',
  pagedown: 'PgDn',
  pageup: 'PgUp',
  plus: '+',
};

interface Parsed {
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  readonly key: string;
}

function parse(shortcut: string): Parsed {
  const parts = shortcut.toLowerCase().split('+');
  const key = parts.at(-1) ?? '';
  return {
    ctrl: parts.includes('ctrl'),
    alt: parts.includes('alt'),
    shift: parts.includes('shift'),
    key: KEY_NAMES[key] ?? key,
  };
}

/** A sign such as "?" needs Shift on some keyboards and not on others, so Shift says nothing there. */
const isSign = (key: string) => key.length === 1 && !/[\p{L}\p{N} ]/u.test(key);

/** Whether the key press is that shortcut, exactly: other modifiers than the named ones must be up. */
export function matchesShortcut(shortcut: string, press: KeyPress, isMac = false): boolean {
  const want = parse(shortcut);
  const ctrl = isMac ? press.metaKey : press.ctrlKey;
  const other = isMac ? press.ctrlKey : press.metaKey;
  return (
    press.key.toLowerCase() === want.key &&
    ctrl === want.ctrl &&
    press.altKey === want.alt &&
    !other &&
    (press.shiftKey === want.shift || (isSign(want.key) && !want.shift))
  );
}

/** Whether the shortcut types a character when nothing handles it: such ones act only while the grid has the focus (WCAG 2.1.4). */
export function isPlainKey(shortcut: string): boolean {
  const { ctrl, alt, key } = parse(shortcut);
  return !ctrl && !alt && !/^f\d+$/.test(key);
}

const MODIFIERS = new Set([
  'Control',
  'Shift',
  'Alt',
  'Meta',
  'AltGraph',
  'Dead',
  'Unidentified',
  'CapsLock',
]);
const WRITTEN: Readonly<Record<string, string>> = {
  ' ': 'Space',
  '+': 'Plus',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'ArrowLeft',
  ArrowRight: 'ArrowRight',
  Escape: 'Esc',
};

/** The shortcut that a key press is; undefined while only modifiers are down. The other way round of `matchesShortcut`. */
export function shortcutOf(press: KeyPress, isMac = onMac()): string | undefined {
  if (MODIFIERS.has(press.key)) return undefined;
  const ctrl = isMac ? press.metaKey : press.ctrlKey;
  const key = WRITTEN[press.key] ?? (press.key.length === 1 ? press.key.toUpperCase() : press.key);
  const shift = press.shiftKey && !isSign(press.key.toLowerCase());
  return [ctrl && 'Ctrl', press.altKey && 'Alt', shift && 'Shift', key].filter(Boolean).join('+');
}

/** One name for the same keys, however they are written: "ctrl+del" and "Ctrl+Delete". */
export function shortcutName(shortcut: string): string {
  const { ctrl, alt, shift, key } = parse(shortcut);
  return [ctrl && 'ctrl', alt && 'alt', shift && 'shift', key].filter(Boolean).join('+');
}

const KEPT =
  /^(?:ctrl\+(?:shift\+)?[wtn]|ctrl\+(?:shift\+)?tab|ctrl\+[1-9]|f11|f12|ctrl\+r|f5|alt\+f4|ctrl\+shift\+[ij])$/;

/** Whether browsers keep the shortcut for themselves, so that a page never hears of it. */
export const browserKeeps = (shortcut: string): boolean => KEPT.test(shortcutName(shortcut));

/** Whether this machine's keyboard has Command where others have Ctrl. */
export const onMac = () => typeof navigator !== 'undefined' && /mac/i.test(navigator.platform);

/** The shortcut as people read it: "Ctrl K", on a Mac "⌘K". */
export function displayShortcut(shortcut: string, isMac = onMac()): string {
  const { ctrl, alt, shift } = parse(shortcut);
  const last = shortcut.split('+').at(-1) ?? '';
  const key = SHOWN[last.toLowerCase()] ?? (last.length === 1 ? last.toUpperCase() : last);
  if (isMac) return `${alt ? '⌥' : ''}${shift ? '⇧' : ''}${ctrl ? '⌘' : ''}${key}`;
  return [ctrl && 'Ctrl', alt && 'Alt', shift && 'Shift', key].filter(Boolean).join(' ');
}

/** The shortcut as `aria-keyshortcuts` wants it. */
export function ariaShortcut(shortcut: string, isMac = onMac()): string {
  const { ctrl, alt, shift, key } = parse(shortcut);
  const name = key === ' ' ? 'Space' : key.length === 1 ? key.toUpperCase() : capital(key);
  return [ctrl && (isMac ? 'Meta' : 'Control'), alt && 'Alt', shift && 'Shift', name]
    .filter(Boolean)
    .join('+');
}

const ARIA_NAMES: Readonly<Record<string, string>> = { arrowup: 'ArrowUp', arrowdown: 'ArrowDown' };
const capital = (key: string) => ARIA_NAMES[key] ?? key.charAt(0).toUpperCase() + key.slice(1);
