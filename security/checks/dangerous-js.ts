/** Calls in scripts by which text becomes code or markup. Minified libraries are left out: they have their own check. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf } from '../reading/head-fields.ts';
import { htmlOf, inBody } from '../reading/html-tags.ts';
import { API, cheatSheet, TOP, zap } from '../taxonomy.ts';

const CALLS =
  /(?<![\w$.])(?:eval|bypassSecurityTrust(?:Html|Script|Style|Url|ResourceUrl)|execScript|trustAsHtml)\s{0,3}\(|\$sce\.trustAs(?:Html|Js|ResourceUrl)\s{0,3}\(|dangerouslySetInnerHTML\s{0,3}[=:]|new\s+Function\s{0,3}\(|document\.write(?:ln)?\s{0,3}\(|\.insertAdjacentHTML\s{0,3}\(|\.(?:inner|outer)HTML\s{0,3}\+?=(?!=)/g;
/** Told at medium: what makes code of text. Writing markup is so common that it is told at low alone. */
const CODE = /eval|Function|bypass|trustAs|execScript/;
const MAX = 50;
const MINIFIED = /\.min\.js$|(?:vendor|vendors|polyfill|runtime|chunk|bundle)[\w.-]*\.js$/i;

/** Lines of thousands of characters are made by machines. */
function isMinified(text: string): boolean {
  if (text.length < 5000) return false;
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0 && lines < 1000; at = text.indexOf('\n', at + 1)) lines += 1;
  return text.length / lines > 300;
}

/** Whether a position stands behind "//" in its line. */
const inComment = (text: string, at: number) =>
  /\/\/|^\s*\*/.test(
    text.slice(Math.max(text.lastIndexOf('\n', at) + 1, at - 200), at).replace(/https?:\/\//g, ''),
  );

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { text } = input.response;
  const { script } = factsOf(input);
  if (text === undefined) return;
  if (script && (isMinified(text) || MINIFIED.test(input.session.row.path.split('?', 1)[0] ?? ''))) return;
  let count = 0;
  for (const span of script ? [{ start: 0, end: text.length }] : htmlOf(input).scripts) {
    const source = text.slice(span.start, span.end);
    if (isMinified(source)) continue;
    for (const found of source.matchAll(CALLS)) {
      if (inComment(source, found.index)) continue;
      if (++count > MAX) return;
      const start = span.start + found.index;
      yield {
        parameter: found[0].replace(/[\s(=+:]/g, ''),
        detail: 'A script makes code or markup of text.',
        evidence: [inBody({ start, end: start + found[0].length })],
        threshold: CODE.test(found[0]) ? 'medium' : 'low',
      };
    }
  }
}

export const dangerousJs: Check = {
  info: {
    id: 'dangerous-js',
    title: 'Script makes code of text',
    severity: 'low',
    cwe: [749],
    owasp: [API[8], TOP[3]],
    what: 'A script calls eval, new Function or a function that switches off the escaping of a framework.',
    why: 'Where a part of the text comes from others, they decide what is run in the page.',
    fix: 'Use JSON.parse, textContent and the templates of the framework; forbid eval by the Content-Security-Policy.',
    references: [zap(10110), cheatSheet('DOM_based_XSS_Prevention')],
  },
  confidence: 'low',
  run,
};
