/**
 * Numbers, sizes, durations and times as people read them. Everything goes through Intl; `undefined` (not known yet) becomes "" so that a
 * cell stays empty. Sizes are decimal (1 KB = 1,000 bytes), as browsers' tools count them.
 */
const LOCALE = 'en-GB';

const number = new Intl.NumberFormat(LOCALE);
const upTo1 = new Intl.NumberFormat(LOCALE, { maximumSignificantDigits: 2 });
const upTo2 = new Intl.NumberFormat(LOCALE, { maximumSignificantDigits: 3 });

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const;
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** 86410 → "86,410". */
export function formatCount(value: number): string {
  return number.format(value);
}

/** 1284 → "1,284 sessions", 1 → "1 session". */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${number.format(value)} ${value === 1 ? one : many}`;
}

/** Bytes → "812 B", "4.2 KB", "58 KB", "1.9 MB". */
export function formatSize(bytes: number | undefined): string {
  if (bytes === undefined) return '';
  let value = bytes;
  let unit = 0;
  // 999.5 would be shown as 1,000: the next unit says it shorter.
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const text = unit === 0 || value >= 100 ? number.format(Math.round(value)) : upTo1.format(value);
  return `${text} ${UNITS[unit]}`;
}

/** Milliseconds → "0.4 ms", "61 ms", "1.31 s", "2 m 05 s", "1 h 03 m". */
export function formatDuration(ms: number | undefined): string {
  if (ms === undefined) return '';
  if (ms < 9.95) return `${upTo1.format(ms)} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < MINUTE - 50) return `${upTo2.format(ms / SECOND)} s`;
  const rounded = Math.round(ms / SECOND) * SECOND;
  if (rounded < HOUR) return `${Math.floor(rounded / MINUTE)} m ${pad((rounded % MINUTE) / SECOND)} s`;
  return `${Math.floor(rounded / HOUR)} h ${pad(Math.floor((rounded % HOUR) / MINUTE))} m`;
}

const pad = (value: number) => String(value).padStart(2, '0');

const clock = new Intl.DateTimeFormat(LOCALE, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
});
const dateAndClock = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'medium' });

/** Epoch ms → "14:02:11.482" in the machine's time zone. */
export function formatClock(at: number): string {
  return clock.format(at);
}

/** Epoch ms → "24 Nov 2026, 14:02:11". */
export function formatDate(at: number): string {
  return dateAndClock.format(at);
}

const day = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium' });

/** Epoch ms → "24 Nov 2026, 14:02:11.482". */
export function formatMoment(at: number): string {
  return `${day.format(at)}, ${clock.format(at)}`;
}

/** A rate per second: "0", "3.4", "214". */
export function formatRate(perSecond: number): string {
  return perSecond < 10 ? upTo1.format(perSecond) : number.format(Math.round(perSecond));
}
