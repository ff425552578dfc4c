/** What a capture keeps, as people type it: numbers with thousands apart, sizes with units. Pure. */
import type { Retention } from '#model/contract/contract.ts';
import { formatCount, formatSize } from '../../text/format.ts';
import { settingsText } from '../../text/settings.ts';

/** Empty texts set no limit. */
export interface RetentionForm {
  readonly keepLast: string;
  readonly keepBytes: string;
  readonly dropBodiesOver: string;
}

export type RetentionProblems = Partial<Record<keyof RetentionForm, string>>;

/** Sizes are decimal, as everywhere in the workbench. */
const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9, t: 1e12 };
/** Less than this cannot be kept to: the index alone takes some. */
const LEAST_BYTES = 10e6;

/** "2 GB", "500m", "1,5 MB" in bytes; undefined for what is no size. */
export function parseSize(text: string): number | undefined {
  const [, digits = '', unit = ''] = /^(\d+(?:[.,]\d+)?)\s*([kmgt]?)b?$/i.exec(text.trim()) ?? [];
  if (digits === '') return undefined;
  return Math.round(Number(digits.replace(',', '.')) * (UNITS[unit.toLowerCase()] ?? 1));
}

/** "10,000" as a number above 0; undefined for what is none. */
export function parseCount(text: string): number | undefined {
  const digits = text.trim().replace(/(?<=\d)[ ,.](?=\d{3}\b)/g, '');
  return /^\d+$/.test(digits) && Number(digits) > 0 ? Number(digits) : undefined;
}

/** A size as a person would type it, exactly that many bytes. */
function sizeText(bytes: number): string {
  const shown = formatSize(bytes);
  return parseSize(shown) === bytes ? shown : String(bytes);
}

export const formOf = ({ keepLast, keepBytes, dropBodiesOver }: Retention): RetentionForm => ({
  keepLast: keepLast === undefined ? '' : formatCount(keepLast),
  keepBytes: keepBytes === undefined ? '' : sizeText(keepBytes),
  dropBodiesOver: dropBodiesOver === undefined ? '' : sizeText(dropBodiesOver),
});

/** The policy that the form says, or what is wrong with it. */
export function readForm(form: RetentionForm): { policy: Retention } | { problems: RetentionProblems } {
  const read = (text: string, parse: (text: string) => number | undefined) =>
    text.trim() === '' ? undefined : (parse(text) ?? Number.NaN);
  const keepLast = read(form.keepLast, parseCount);
  const keepBytes = read(form.keepBytes, parseSize);
  const dropBodiesOver = read(form.dropBodiesOver, parseSize);
  const problems: RetentionProblems = {
    ...(Number.isNaN(keepLast) ? { keepLast: settingsText.notACount } : {}),
    ...(Number.isNaN(keepBytes)
      ? { keepBytes: settingsText.notASize }
      : keepBytes !== undefined && keepBytes < LEAST_BYTES
        ? { keepBytes: settingsText.tooSmall(formatSize(LEAST_BYTES)) }
        : {}),
    ...(Number.isNaN(dropBodiesOver) ? { dropBodiesOver: settingsText.notASize } : {}),
  };
  if (Object.keys(problems).length > 0) return { problems };
  return {
    policy: {
      ...(keepLast === undefined ? {} : { keepLast }),
      ...(keepBytes === undefined ? {} : { keepBytes }),
      ...(dropBodiesOver === undefined ? {} : { dropBodiesOver }),
    },
  };
}
