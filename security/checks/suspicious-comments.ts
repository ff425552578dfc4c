/** Comments that tell of things left to do, of faults or of ways in. Only of comments: words in code and text are something else. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf } from '../reading/head-fields.ts';
import { htmlOf, inBody, type Span } from '../reading/html-tags.ts';
import { API, cweUrl, TOP, zap } from '../taxonomy.ts';

/** Words that tell of a way in or a fault; told at medium. Those of everyday notes are told at low. */
const TELLING =
  /\b(?:password|passwd|pwd|secret|credentials?|backdoor|vulnerab\w*|exploit|hard-?coded|private key|api[_ -]?key|sql injection|bypass(?:es|ed)?|insecure|debug mode|internal use only|do not (?:ship|deploy))\b/i;
const NOTES =
  /\b(?:TODO|FIXME|XXX|HACK|BUG|BUGS|KLUDGE|WTF|LATER)\b|\b(?:admin(?:istrator)?|username|select \* from|workaround|temporary)\b/;
const LICENCE =
  /licen[sc]e|copyright|\(c\)|@preserve|sourceMappingURL|^\s*\[(?:if|endif)|jshint|eslint|webpack|Google Tag Manager/i;
const MAX_COMMENT = 4000;
const MAX = 50;

/** Comments of JavaScript that begin a line or follow a blank: what stands in strings and patterns mostly does not. */
function* scriptComments(source: string, offset: number): Iterable<Span> {
  for (const found of source.matchAll(/(?<=^|[\s;{},)])(?:\/\/[^\n]{3,400}|\/\*(?!!)[\s\S]{3,2000}?\*\/)/g)) {
    const before = source.slice(
      Math.max(0, source.lastIndexOf('\n', found.index) + 1, found.index - 300),
      found.index,
    );
    const quotes = (mark: string) => before.split(mark).length % 2 === 0;
    if (quotes('"') || quotes("'") || quotes('`')) continue;
    yield { start: offset + found.index, end: offset + found.index + found[0].length };
  }
}

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { text } = input.response;
  const { script, html } = factsOf(input);
  if (text === undefined || !(script || html)) return;
  const { comments, scripts } = htmlOf(input);
  const inScripts = script ? [{ start: 0, end: text.length }] : scripts;
  const spans = [
    ...comments,
    ...inScripts.flatMap(({ start, end }) => [...scriptComments(text.slice(start, end), start)]),
  ];
  let count = 0;
  for (const { start, end } of spans) {
    const comment = text.slice(start, Math.min(end, start + MAX_COMMENT));
    if (LICENCE.test(comment)) continue;
    const telling = TELLING.exec(comment);
    const found = telling ?? NOTES.exec(comment);
    if (found === null) continue;
    if (++count > MAX) return;
    yield {
      parameter: 'comment',
      detail: `A comment holds the word "${found[0].toLowerCase()}".`,
      evidence: [inBody({ start, end: Math.min(end, start + MAX_COMMENT) })],
      threshold: telling === null ? (script ? 'low' : 'medium') : 'high',
    };
  }
}

export const suspiciousComments: Check = {
  info: {
    id: 'suspicious-comments',
    title: 'Telling comment',
    severity: 'info',
    cwe: [615],
    owasp: [API[8], TOP[5]],
    what: 'A comment in a page or script speaks of passwords, secrets, faults, ways around something or things left to do.',
    why: 'Comments of developers tell others where to look.',
    fix: 'Remove comments when building what is published.',
    references: [zap(10027), cweUrl(615)],
  },
  confidence: 'medium',
  run,
};
