/** Times as .NET writes them in the "round-trip" form: seconds with seven decimals, which are ticks of 100 ns, and an offset. */

/** `ms` since the epoch in UTC. Exact to a tick, which is finer than a number can tell milliseconds of our time. */
export function dotnetDate(ms: number): string {
  const ticks = Math.round((ms - Math.floor(ms)) * 10_000);
  const whole = Math.floor(ms) + (ticks === 10_000 ? 1 : 0);
  const decimals = String(ticks % 10_000).padStart(4, '0');
  return `${new Date(whole).toISOString().slice(0, -1)}${decimals}Z`;
}

const DATE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)?$/;

/** Milliseconds since the epoch; undefined for what is no date, and for the year 1, by which .NET means "never". */
export function readDotnetDate(text: string | undefined): number | undefined {
  const match = DATE.exec(text ?? '');
  if (match === null) return undefined;
  const [, seconds = '', decimals = '', zone = 'Z'] = match;
  const base = Date.parse(`${seconds}${zone}`);
  if (Number.isNaN(base) || seconds.startsWith('0001')) return undefined;
  const ninths = decimals.padEnd(9, '0');
  return base + Number(ninths.slice(0, 3)) + Number(ninths.slice(3)) / 1e6;
}
