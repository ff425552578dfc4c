/** Serialised Java objects in requests and answers, as bytes or in Base64 or hexadecimal. */
import type { Evidence } from '#model/finding.ts';
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { API, cheatSheet, TOP, zap } from '../taxonomy.ts';

/** 0xACED and version 5, in Base64, also percent-encoded and of URL alphabet; compressed as well. */
const ENCODED =
  /(?<![A-Za-z0-9+/_-])(?:rO0AB[A-Za-z0-9+/=_-]{8,}|H4sIAAAAAAAA[A-Za-z0-9+/]{2}Fr[A-Za-z0-9+/=]{8,}|aced0005[0-9a-f]{8,})/g;
const TYPE = /^application\/x-java-serialized-object$/;
const MAX = 20;

function* inText(text: string, part: Evidence['part'], parameter: string): Iterable<FindingDraft> {
  if (!/rO0AB|aced0005/i.test(text)) return;
  let count = 0;
  for (const found of text.matchAll(ENCODED)) {
    if (++count > MAX) return;
    yield {
      parameter,
      detail: 'A serialised Java object travels in Base64 or hexadecimal.',
      evidence: [{ part, start: found.index, end: found.index + Math.min(found[0].length, 200) }],
    };
  }
}

function* run(input: CheckInput): Iterable<FindingDraft> {
  yield* inText(input.requestHead, 'request-head', 'request head');
  yield* inText(input.responseHead, 'response-head', 'response head');
  for (const side of ['request', 'response'] as const) {
    const { text, bytes, mime } = input[side];
    const part = `${side}-body` as const;
    if (text !== undefined) yield* inText(text, part, `${side} body`);
    const magic = bytes[0] === 0xac && bytes[1] === 0xed && bytes[2] === 0 && bytes[3] === 5;
    if (magic || (TYPE.test(mime ?? '') && bytes.length > 3)) {
      const detail = 'The body is a serialised Java object.';
      yield { parameter: `${side} body`, detail, evidence: [{ part, start: 0, end: 4 }] };
    }
  }
}

export const javaSerializedObject: Check = {
  info: {
    id: 'java-serialized-object',
    title: 'Serialised Java object',
    severity: 'medium',
    cwe: [502],
    owasp: [API[8], TOP[8]],
    what: 'A serialised Java object travels in an address, a field, a cookie or a body.',
    why: 'Whoever changes it decides which objects the other side makes of it, which has often led to running code there.',
    fix: 'Send data in a format that names no classes, such as JSON; where that cannot be, sign it and allow a list of classes only.',
    references: [zap(90002), cheatSheet('Deserialization')],
  },
  confidence: 'medium',
  run,
};
