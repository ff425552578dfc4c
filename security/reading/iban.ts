/** International bank account numbers (ISO 13616): country, length, and the check by modulus 97. */

/** Countries by the length of their numbers, from the registry of ISO 13616. */
const COUNTRIES: Readonly<Record<number, string>> = {
  15: 'NO',
  16: 'BE',
  18: 'DK FI FO GL NL',
  19: 'MK SI',
  20: 'AT BA EE KZ LT LU XK',
  21: 'CH HR LI LV',
  22: 'BG BH CR DE GB GE IE ME RS VA',
  23: 'AE GI IL',
  24: 'AD CZ ES MD PK RO SA SE SK TN VG',
  25: 'PT',
  26: 'IS TR',
  27: 'FR GR IT MC SM',
  28: 'AL AZ CY GT HU LB PL',
  29: 'BR EG PS QA UA',
  30: 'JO KW MU',
  31: 'MT',
};
const LENGTHS = new Map(
  Object.entries(COUNTRIES).flatMap(([length, codes]) =>
    codes.split(' ').map((code) => [code, Number(length)] as const),
  ),
);

/** Whether `text`, without blanks and in upper case, is a valid IBAN. */
export function isIban(text: string): boolean {
  if (LENGTHS.get(text.slice(0, 2)) !== text.length || !/^[A-Z]{2}\d\d[A-Z0-9]+$/.test(text)) return false;
  let rest = 0;
  for (const char of text.slice(4) + text.slice(0, 4)) {
    const value = Number.parseInt(char, 36);
    rest = (value > 9 ? rest * 100 + value : rest * 10 + value) % 97;
  }
  return rest === 1;
}

/** The length of the IBAN that begins at `at`, blanks between groups of four included; 0 when there is none. */
export function ibanAt(text: string, at: number): number {
  const wanted = LENGTHS.get(text.slice(at, at + 2));
  if (wanted === undefined) return 0;
  const spaced = text[at + 4] === ' ';
  const length = spaced ? wanted + Math.ceil(wanted / 4) - 1 : wanted;
  const candidate = text.slice(at, at + length);
  if (/[\w-]/.test(text[at + length] ?? ' ')) return 0;
  if (spaced && !/^(?:[A-Z0-9]{4} )+[A-Z0-9]{1,4}$/.test(candidate)) return 0;
  return isIban(spaced ? candidate.replaceAll(' ', '') : candidate) ? length : 0;
}
