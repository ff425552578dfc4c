/** JavaScript libraries in versions with publicly known faults, by their addresses and by what stands at their heads. */
import type { Evidence } from '#model/finding.ts';
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf, requestLine } from '../reading/head-fields.ts';
import { htmlOf, inBody } from '../reading/html-tags.ts';
import { faultsOf, JS_LIBRARIES } from '../reading/js-libraries.ts';
import { API, TOP, zap } from '../taxonomy.ts';

const HEAD = 3000;

/** "…/jquery-3.4.1.min.js", "…/jquery/3.4.1/jquery.js", "…/jquery@3.4.1/dist/…", "…/jquery.js?ver=3.4.1". */
const ADDRESSES = JS_LIBRARIES.map((library) => ({
  library,
  pattern: new RegExp(
    `(?:^|/)(?:${library.file})(?:\\.js)?(?:[-.](?:slim|core|bundle|full|all|compat|global|prod|production|development|esm|umd)){0,2}(?:[-_.@/]v?)(\\d+\\.\\d+(?:\\.\\d+)?)(?![\\d.]*-(?:rc|beta|alpha))(?=[/.?_-]|$)(?=[^?#]*(?:\\.m?js|/))|(?:^|/)(?:${library.file})(?:[.-](?:slim|bundle|min|core)){0,3}\\.js\\?(?:ver|v|version)=(\\d+\\.\\d+(?:\\.\\d+)?)(?![\\d.])`,
    'i',
  ),
}));

interface Found {
  readonly name: string;
  readonly version: string;
  readonly cves: readonly string[];
}

function byAddress(address: string): Found | undefined {
  if (!/\d\.\d/.test(address) || address.length > 500) return undefined;
  for (const { library, pattern } of ADDRESSES) {
    const found = pattern.exec(address);
    const version = found?.[1] ?? found?.[2];
    if (version === undefined) continue;
    const cves = faultsOf(library, version);
    if (cves.length > 0) return { name: library.name, version, cves };
  }
  return undefined;
}

const draftOf = ({ name, version, cves }: Found, evidence: Evidence): FindingDraft => ({
  parameter: name,
  detail: `${name} ${version} has known faults: ${cves.join(', ')}.`,
  evidence: [evidence],
});

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { script, success } = factsOf(input);
  for (const { name, attributes } of htmlOf(input).tags) {
    const src = attributes.get('src');
    const found = name === 'script' && src !== undefined ? byAddress(src.value) : undefined;
    if (src !== undefined && found !== undefined) yield draftOf(found, inBody(src));
  }
  if (!script || !success) return;
  const text = input.response.text?.slice(0, HEAD) ?? '';
  for (const library of JS_LIBRARIES) {
    const found = library.banner?.exec(text);
    const version = found?.[1];
    if (!found || version === undefined) continue;
    const cves = faultsOf(library, version);
    if (cves.length === 0) continue;
    yield draftOf(
      { name: library.name, version, cves },
      inBody({ start: found.index, end: found.index + found[0].length }),
    );
    return;
  }
  const found = byAddress(input.session.row.path);
  if (found !== undefined) yield draftOf(found, requestLine(input));
}

export const vulnerableJsLibrary: Check = {
  info: {
    id: 'vulnerable-js-library',
    title: 'JavaScript library with known faults',
    severity: 'medium',
    cwe: [1395],
    owasp: [API[8], TOP[6]],
    what: 'A page loads, or the server sends, a JavaScript library in a version with publicly known faults.',
    why: 'How to use the fault is published with it; whether this page gives occasion to, somebody will find out.',
    fix: 'Update the library, and have the build warn of versions with known faults.',
    references: [zap(10003), 'https://owasp.org/www-project-dependency-check/'],
  },
  confidence: 'medium',
  run,
};
