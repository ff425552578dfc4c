/** Source code of the server in answers that should be what it makes. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf } from '../reading/head-fields.ts';
import { inBody } from '../reading/html-tags.ts';
import { API, cweUrl, TOP, zap } from '../taxonomy.ts';

interface Language {
  readonly name: string;
  readonly patterns: readonly RegExp[];
}

/** One of the first pattern's; of the others each must be there too. */
const LANGUAGES: readonly Language[] = [
  {
    name: 'PHP',
    patterns: [/<\?php\s[\s\S]{0,40}|<\?=\s{0,4}\$\w/, /\$\w|echo|require|include|function|namespace|;/],
  },
  {
    name: 'ASP or JSP',
    patterns: [
      /<%(?:@|=|!|--)?\s{0,5}(?:page\b|Page\b|import\b|Response\.|Request\.|Server\.|Dim\b|Set\b|If\b|String\b|int\b|out\.|request\.|session\.|taglib\b|include\b|Option Explicit)[^%]{0,400}%>/,
    ],
  },
  {
    name: 'ERB or EJS',
    patterns: [/<%[=-]?\s{0,5}(?:@\w|render\b|link_to\b|form_for\b|if |for |end\b|include\()[^%]{0,300}%>/],
  },
  {
    name: 'Java',
    patterns: [
      /(?:^|\n)\s{0,8}package [a-z][\w.]{2,100};/,
      /(?:^|\n)\s{0,8}import (?:static )?[a-z][\w.]{2,150}[\w*];|(?:public|final|abstract) (?:class|interface|enum) [A-Z]\w+/,
    ],
  },
  {
    name: 'C#',
    patterns: [
      /(?:^|\n)\s{0,8}using System(?:\.[A-Z]\w+){0,4};/,
      /\bnamespace [A-Z][\w.]+|public (?:partial |static |sealed )?class \w/,
    ],
  },
  {
    name: 'Python',
    patterns: [
      /(?:^|\n)(?:from [\w.]{1,80} import |import (?:os|sys|re|json|flask|django|sqlalchemy|logging|requests)\b)/,
      /(?:^|\n)\s{0,12}(?:def \w+\([^)\n]{0,200}\)(?: -> [^:\n]{1,60})?:|class \w+(?:\([^)\n]{0,100}\))?:)/,
    ],
  },
  {
    name: 'Ruby',
    patterns: [
      /(?:^|\n)require ['"][\w/.-]{1,80}['"]/,
      /(?:^|\n)\s{0,8}(?:def \w+|class [A-Z]\w+(?: < [A-Z][\w:]+)?|module [A-Z]\w+)[\s\S]{0,4000}\n\s{0,8}end\b/,
    ],
  },
  {
    name: 'Go',
    patterns: [
      /(?:^|\n)package [a-z]\w{0,40}\s{0,3}\n/,
      /(?:^|\n)(?:import \(|import "|func (?:\([^)\n]{1,60}\) )?\w+\()/,
    ],
  },
  {
    name: 'C or C++',
    patterns: [
      /(?:^|\n)\s{0,4}#include\s{1,4}[<"][\w./+-]{1,80}[>"]/,
      /\b(?:int|void|char|static|struct)\s{1,4}\**\w{1,40}\s{0,3}[({]/,
    ],
  },
  {
    name: 'Perl',
    patterns: [
      /^#!\/usr\/bin\/(?:env )?perl\b|(?:^|\n)use strict;/,
      /(?:^|\n)\s{0,8}(?:my|our|sub) [$@%]?\w/,
    ],
  },
  { name: 'a shell', patterns: [/^#!\/(?:usr\/)?bin\/(?:env )?(?:ba|z|k|da)?sh\b/] },
  {
    name: 'Node.js',
    patterns: [
      /(?:^|\n)\s{0,4}(?:const|let|var) [\w{}\s,]{1,80} = require\(['"](?:express|fs|http|mysql2?|pg|mongoose|koa|crypto|child_process|dotenv|sequelize|node:\w+)['"]\)/,
      /module\.exports|app\.(?:get|post|use|listen)\(|process\.env\.|exports\.\w/,
    ],
  },
  {
    name: 'SQL',
    patterns: [
      /(?:^|\n)\s{0,8}(?:CREATE TABLE (?:IF NOT EXISTS )?[`"[\]\w.]{1,80}\s{0,4}\(|INSERT INTO [`"[\]\w.]{1,80} (?:\([^)]{1,400}\) )?VALUES\s{0,3}\()/i,
      /;\s{0,4}(?:\n|$)/,
    ],
  },
];
const LOOKED_AT = 64 * 1024;
const NOT_CODE = /json|yaml|css|javascript|ecmascript|csv|svg|graphql|toml|form|x-sh|x-python|x-java/;

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { mime } = input.response;
  const { html, success, status } = factsOf(input);
  const text = input.response.text?.slice(0, LOOKED_AT);
  if (text === undefined || status === 0 || NOT_CODE.test(mime ?? '')) return;
  for (const { name, patterns } of LANGUAGES) {
    const [first, ...others] = patterns.map((pattern) => pattern.exec(text));
    if (!first || others.includes(null)) continue;
    // Pages show code in <pre>, encoded; what stands there as it is was not meant to be shown. Code that is text is told where it is alone.
    const inPage = html && !/^<[?%]/.test(first[0]);
    if (inPage && /<(?:p|div|body|code|pre)\b/i.test(text)) continue;
    yield {
      parameter: 'body',
      detail: `The response holds source code (${name}).`,
      evidence: [inBody({ start: first.index, end: first.index + first[0].length })],
      threshold: success ? 'high' : 'medium',
    };
    return;
  }
}

export const sourceCodeDisclosure: Check = {
  info: {
    id: 'source-code-disclosure',
    title: 'Source code in a response',
    severity: 'medium',
    cwe: [540],
    owasp: [API[8], TOP[5]],
    what: 'A response holds source code of the server where it should hold what the code makes.',
    why: 'Code shows how everything works, with its faults, its secrets and the names of everything behind it.',
    fix: 'Have the server run such files or refuse them, and keep backups, repositories and sources out of the folders that it serves.',
    references: [zap(10099), cweUrl(540)],
  },
  confidence: 'medium',
  run,
};
