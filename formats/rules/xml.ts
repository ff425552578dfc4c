/**
 * XML settings of other tools as a tree: elements, attributes, text. Hostile files are bounded: no document type and hence no entities but those of XML
 * itself, no more than so many elements and levels, time in proportion to the text. No namespaces, no validation.
 */
import { SluiceError } from '#model/errors.ts';

export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Of itself, without its children's. */
  readonly text: string;
}

export const XML_LIMITS = { bytes: 16 * 1024 * 1024, elements: 200_000, depth: 64 } as const;

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;

const bad = (what: string) => new SluiceError('bad-file', `This is not XML that can be read: ${what}.`);

const unescaped = (text: string) =>
  text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{1,10}));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return ENTITIES[String(name)] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

interface Open {
  name: string;
  attributes: Map<string, string>;
  children: XmlElement[];
  text: string;
}

function opened(tag: string): Open {
  const name = /^[A-Za-z_:][\w:.-]*/.exec(tag)?.[0];
  if (name === undefined) throw bad(`"<${tag.slice(0, 20)}" opens nothing`);
  const attributes = new Map<string, string>();
  let at = name.length;
  for (;;) {
    while (/\s/.test(tag[at] ?? '')) at += 1;
    if (at >= tag.length) return { name, attributes, children: [], text: '' };
    ATTRIBUTE.lastIndex = at;
    const found = ATTRIBUTE.exec(tag);
    if (found === null) throw bad(`an attribute of ${name}`);
    const [, key = '', double, single] = found;
    attributes.set(key, unescaped(double ?? single ?? ''));
    at = ATTRIBUTE.lastIndex;
  }
}

/** Behind what begins at `at` and ends with `mark`. */
function behind(text: string, mark: string, at: number): number {
  const end = text.indexOf(mark, at);
  if (end < 0) throw bad(`a "${mark}" is missing`);
  return end + mark.length;
}

/** Where a tag ends that begins at `at`: a ">" in quotes does not end it. */
function tagEnd(text: string, at: number): number {
  let quote = '';
  for (let i = at; i < text.length; i += 1) {
    const char = text[i] ?? '';
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '>') return i;
  }
  throw bad('a tag does not end');
}

/** The root element. @throws SluiceError `bad-file`, `too-large` */
export function readXml(text: string): XmlElement {
  if (text.length > XML_LIMITS.bytes)
    throw new SluiceError('too-large', `Settings have at most ${XML_LIMITS.bytes} bytes.`);
  const root: Open = { name: '', attributes: new Map(), children: [], text: '' };
  const stack: Open[] = [root];
  let count = 0;
  let at = text.startsWith('\ufeff') ? 1 : 0;
  while (at < text.length) {
    const top = stack.at(-1) ?? root;
    const next = text.indexOf('<', at);
    const end = next < 0 ? text.length : next;
    if (end > at) top.text += unescaped(text.slice(at, end));
    if (next < 0) break;
    if (text.startsWith('<!--', next)) at = behind(text, '-->', next + 4);
    else if (text.startsWith('<![CDATA[', next)) {
      at = behind(text, ']]>', next + 9);
      top.text += text.slice(next + 9, at - 3);
    } else if (text.startsWith('<!', next)) throw bad('it has a document type');
    else if (text.startsWith('<?', next)) at = behind(text, '?>', next + 2);
    else {
      const close = tagEnd(text, next);
      const tag = text.slice(next + 1, close);
      at = close + 1;
      if (tag.startsWith('/')) {
        const done = stack.pop();
        if (stack.length === 0 || done?.name !== tag.slice(1).trim())
          throw bad(`"<${tag.slice(0, 40)}>" closes nothing`);
        stack.at(-1)?.children.push(done);
        continue;
      }
      count += 1;
      if (count > XML_LIMITS.elements)
        throw new SluiceError('too-large', `Settings have at most ${XML_LIMITS.elements} elements.`);
      const empty = tag.endsWith('/');
      const element = opened(empty ? tag.slice(0, -1) : tag);
      if (empty) top.children.push(element);
      else stack.push(element);
      if (stack.length > XML_LIMITS.depth)
        throw new SluiceError('too-large', `Settings are at most ${XML_LIMITS.depth} levels deep.`);
    }
  }
  const [only, ...more] = root.children;
  if (stack.length !== 1 || only === undefined || more.length > 0)
    throw bad('it has no single root that is closed');
  return only;
}

export const childrenOf = (element: XmlElement | undefined, name: string): readonly XmlElement[] =>
  element?.children.filter((child) => child.name === name) ?? [];

/** The one at the end of that way down, the first where there are several. */
export const childAt = (element: XmlElement, ...way: readonly string[]): XmlElement | undefined =>
  way.reduce<XmlElement | undefined>((at, name) => childrenOf(at, name)[0], element);

/** Trimmed; "" where there is none. */
export const textAt = (element: XmlElement, ...way: readonly string[]): string =>
  childAt(element, ...way)?.text.trim() ?? '';

/** `undefined` where it does not say. */
export const flagAt = (element: XmlElement, ...way: readonly string[]): boolean | undefined => {
  const text = textAt(element, ...way).toLowerCase();
  return text === '' ? undefined : text === 'true';
};
