/** A body as text and back, without losing an octet: UTF-8 where it is valid, else one unit per octet. Pure. */
import { isUtf8 } from 'node:buffer';

export interface BodyText {
  readonly text: string;
  readonly encoding: 'utf8' | 'latin1';
}

/** Undefined when it is plainly not text: it has a NUL in it. */
export function textOf(content: Buffer): BodyText | undefined {
  if (content.includes(0)) return undefined;
  const encoding = isUtf8(content) ? 'utf8' : 'latin1';
  return { text: content.toString(encoding), encoding };
}

/** In the encoding it came in; what that cannot say is written as UTF-8. */
export function bytesOfText(text: string, { encoding }: Pick<BodyText, 'encoding'>): Buffer {
  const wide = encoding === 'latin1' && /[^\0-\xff]/.test(text);
  return Buffer.from(text, wide ? 'utf8' : encoding);
}
