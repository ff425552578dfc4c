/**
 * The path of an endpoint with a name of its own for every id in it: `/users/42/orders/7` is `/users/{userId}/orders/{orderId}`; one id alone
 * is `{id}`. Braces that were in the path itself are written as octets, so that they are no parameters.
 */
import { templatePath } from '#model/path-template.ts';

export interface TemplatedPath {
  readonly template: string;
  readonly parameters: readonly { readonly name: string; readonly value: string }[];
}

const MARK = /\{(id|date|token)\}/;

const literal = (text: string) => text.replace(/[{}]/g, (brace) => (brace === '{' ? '%7B' : '%7D'));

function singular(word: string): string {
  if (/ies$/i.test(word)) return word.replace(/ies$/i, 'y');
  if (/(?:ss|x|ch|sh)es$/i.test(word)) return word.slice(0, -2);
  return /[^s]s$/i.test(word) ? word.slice(0, -1) : word;
}

/** `sales-orders` before an id names it `salesOrderId`. */
function nameAfter(segment: string, kind: string): string {
  const words = segment.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const [first, ...rest] = words.map((word, i) => (i === words.length - 1 ? singular(word) : word));
  const suffix = `${kind[0]?.toUpperCase()}${kind.slice(1)}`;
  if (first === undefined || first.length > 40) return kind;
  return (
    first[0]?.toLowerCase() +
    first.slice(1) +
    rest.map((word) => `${word[0]?.toUpperCase()}${word.slice(1)}`).join('') +
    suffix
  );
}

function unique(name: string, taken: Set<string>): string {
  let free = name;
  for (let i = 2; taken.has(free); i += 1) free = `${name}${i}`;
  taken.add(free);
  return free;
}

/** undefined for a path that is too long to be named. */
export function templatedPath(path: string): TemplatedPath | undefined {
  const [plain = ''] = path.split(/[?#]/, 1);
  const template = templatePath(plain);
  if (template.endsWith('…') || template === '') return undefined;
  const actual = plain.split('/');
  const segments = template.split('/');
  const isTemplated = (i: number) => segments[i] !== actual[i] && MARK.test(segments[i] ?? '');
  const several = segments.filter((_, i) => isTemplated(i)).length > 1;
  const parameters: { name: string; value: string }[] = [];
  const taken = new Set<string>();
  const named = segments.map((segment, i) => {
    if (!isTemplated(i)) return literal(segment);
    const [mark, kind = 'id'] = MARK.exec(segment) ?? [''];
    const [before = '', after = ''] = segment.split(mark);
    const literals = segments.slice(0, i).filter((_, at) => !isTemplated(at) && segments[at] !== '');
    const name = unique(several ? nameAfter(literals.at(-1) ?? '', kind) : kind, taken);
    const whole = actual[i] ?? '';
    // Of matrix parameters only the names are kept.
    const value = whole.slice(before.length, Math.max(before.length, whole.split(';')[0]?.length ?? 0));
    const end = after.split(';')[0] ?? '';
    parameters.push({ name, value: end === '' ? value : value.slice(0, -end.length) });
    return `${literal(before)}{${name}}${literal(after)}`;
  });
  return { template: named.join('/'), parameters };
}
