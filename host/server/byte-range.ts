/** Range requests (RFC 9110 §14) of one range of bytes; several at once are answered with the whole, as the RFC allows. Pure. */

export type RangeAnswer =
  | { readonly kind: 'whole' }
  | { readonly kind: 'unsatisfiable' }
  /** `end` exclusive. */
  | { readonly kind: 'part'; readonly start: number; readonly end: number };

/** What to answer to this Range value, for `total` bytes. */
export function byteRange(header: string | undefined, total: number): RangeAnswer {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return { kind: 'whole' };
  if (first === '') {
    const count = Math.min(Number(last), total);
    return count === 0 ? { kind: 'unsatisfiable' } : { kind: 'part', start: total - count, end: total };
  }
  const start = Number(first);
  const end = last === '' ? total : Math.min(Number(last) + 1, total);
  if (last !== '' && Number(last) < start) return { kind: 'whole' };
  return start >= total ? { kind: 'unsatisfiable' } : { kind: 'part', start, end };
}
