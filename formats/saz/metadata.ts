/**
 * `NN_m.xml` of a SAZ: what Fiddler knows of a session beyond its octets. Written and read as the attributes of its few elements: that is
 * all there is in it, and what is no attribute is passed over. No document type, hence no entities but those of XML itself.
 */
import { SluiceError } from '#model/errors.ts';

export interface SazMetadata {
  /** Attributes of `Session`: SID and BitFlags. */
  readonly session: ReadonlyMap<string, string>;
  readonly timers: ReadonlyMap<string, string>;
  /** Attributes of `PipeInfo`: Reused, CltReuse. */
  readonly pipe: ReadonlyMap<string, string>;
  /** Names in lower case, as Fiddler takes them. */
  readonly flags: ReadonlyMap<string, string>;
}

/** What XML 1.0 §2.2 has no place for, and what XML would read as a space. */
const escaped = (text: string) =>
  text
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML cannot hold
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '\ufffd')
    .replace(/[<>&"\t\n\r]/g, (char) => `&#${char.charCodeAt(0)};`);

const attributes = (pairs: Iterable<readonly [string, string]>) =>
  [...pairs].map(([name, value]) => ` ${name}="${escaped(value)}"`).join('');

/** The file's text. */
export function metadataText({ session, timers, pipe, flags }: SazMetadata): string {
  const lines = [...flags].map(([name, value]) => {
    const pair = attributes([
      ['N', name],
      ['V', value],
    ]);
    return `    <SessionFlag${pair} />\r\n`;
  });
  return (
    '<?xml version="1.0" encoding="utf-8"?>\r\n' +
    `<Session${attributes(session)}>\r\n` +
    `  <SessionTimers${attributes(timers)} />\r\n` +
    `  <PipeInfo${attributes(pipe)} />\r\n` +
    `  <SessionFlags>\r\n${lines.join('')}  </SessionFlags>\r\n</Session>\r\n`
  );
}

const TAG = /<([A-Za-z]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*\/?>/g;
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const unescaped = (text: string) =>
  text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{1,10}));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return ENTITIES[String(name)] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

function attributesOf(text: string): Map<string, string> {
  const found = [...text.matchAll(ATTRIBUTE)];
  return new Map(found.map(([, name = '', double, single]) => [name, unescaped(double ?? single ?? '')]));
}

/** @throws SluiceError `bad-file` for a text with a document type, where entities could be declared */
export function readMetadata(text: string): SazMetadata {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) {
    throw new SluiceError('bad-file', 'its metadata has a document type, which no metadata needs');
  }
  let session = new Map<string, string>();
  let timers = new Map<string, string>();
  let pipe = new Map<string, string>();
  const flags = new Map<string, string>();
  for (const [, element = '', rest = ''] of text.matchAll(TAG)) {
    const found = attributesOf(rest);
    if (element === 'Session') session = found;
    else if (element === 'SessionTimers') timers = found;
    else if (element === 'PipeInfo') pipe = found;
    else if (element === 'SessionFlag') flags.set((found.get('N') ?? '').toLowerCase(), found.get('V') ?? '');
  }
  return { session, timers, pipe, flags };
}
