/**
 * A head as text, whichever of its forms is asked for, and where places of its plain form stand in the octets that were really received.
 * Findings count the plain form (model/head-text.ts); the octets may have other white space.
 */
import { requestHeadText, responseHeadText } from '#model/head-text.ts';
import type { BodySide, Session } from '#model/session.ts';
import type { EvidenceMark } from './evidence-marks.ts';

export type HeadForm = 'received' | 'sent';

export interface HeadText {
  /** Byte string. */
  readonly text: string;
  /** The form that findings count, where `text` is another. */
  readonly plain: string | undefined;
}

/** Undefined: there was no response, or nothing else was sent than was received. */
export function headText(session: Session, side: BodySide, form: HeadForm): HeadText | undefined {
  if (side === 'request') {
    const head = form === 'sent' ? session.request.sent : session.request.head;
    return head && textOf(head.raw, requestHeadText(head));
  }
  const head = form === 'sent' ? session.response?.sent : session.response?.head;
  return head && textOf(head.raw, responseHeadText(head));
}

const textOf = (raw: string | undefined, plain: string): HeadText =>
  raw === undefined || raw === plain ? { text: plain, plain: undefined } : { text: raw, plain };

const isSpace = (text: string, at: number) => /[ \t\r\n]/.test(text.charAt(at));

/** Marks of the plain form as marks of the text shown; none where the two differ in more than white space. */
export function marksInText({ text, plain }: HeadText, marks: readonly EvidenceMark[]): EvidenceMark[] {
  if (plain === undefined) return [...marks];
  const places = placesOf(plain, text);
  if (!places) return [];
  return marks.flatMap((mark) => {
    const start = places[mark.start];
    const last = places[mark.end - 1];
    return start === undefined || last === undefined ? [] : [{ ...mark, start, end: last + 1 }];
  });
}

/** For each unit of `plain` its place in `text`; white space takes the place of what follows it. Undefined: other characters. */
function placesOf(plain: string, text: string): Uint32Array | undefined {
  const places = new Uint32Array(plain.length);
  let at = 0;
  for (let i = 0; i < plain.length; i++) {
    if (isSpace(plain, i)) {
      places[i] = Math.min(at, text.length - 1);
      continue;
    }
    while (at < text.length && isSpace(text, at)) at += 1;
    if (text[at] !== plain[i]) return undefined;
    places[i] = at;
    at += 1;
  }
  return places;
}
