/** Paths of the server's own file system in bodies. Paths of URLs look much alike and are left alone. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf } from '../reading/head-fields.ts';
import { inBody } from '../reading/html-tags.ts';
import { visibleHtml } from '../reading/visible-html.ts';
import { API, cweUrl, TOP, zap } from '../taxonomy.ts';

const UNIX =
  /(?<![\w.:/%\\~-])\/(?:var\/(?:www|lib|log|task|app|opt|folders)|usr\/(?:local|share|lib|src|bin|home)|home\/[a-z_][\w.-]{0,30}|srv\/(?:www|app|http|[\w-]{1,30})|opt\/[\w.-]{1,40}|etc\/(?:passwd|shadow|nginx|apache2|httpd|ssl|php|ssh|mysql|hosts|letsencrypt)|root|Users\/[\w.-]{1,40}|app|workspace|usr\/src\/app|private\/var|Library\/WebServer)(?:\/[\w.@+-]{1,80}){1,12}/g;
const WINDOWS =
  /(?<![\w/])[A-Z]:(?:\\\\?|\/)(?:inetpub|Windows|Users|Program Files(?: \(x86\))?|ProgramData|xampp|wamp(?:64)?|www|web|sites|src|projects?|dev|apps?|home|temp|build|agent|a)(?:\\\\?|\/)[\w.\\ /@()+-]{2,160}/gi;
/** What servers are made of and log: these extensions are no pages of a site. */
const SOURCE =
  /\.(?:php\d?|py|rb|java|class|jar|war|cs|vb|aspx?|cshtml|go|rs|ts|tsx|jsx|[cm]?js|ex|exs|erl|pl|pm|cgi|sh|conf|cfg|ini|ya?ml|log|sql|db|sqlite3?|env|pem|key|crt|so|dll|config|lock|erb|twig|blade|tpl|phtml|inc|bak|tmp|passwd)$/i;
const SURE =
  /^\/(?:var\/(?:www|lib|log|task)|usr\/(?:local|share|lib|src)|etc\/|home\/[\w.-]+\/|Users\/[\w.-]+\/(?:Documents|Desktop|Projects|dev|src|code|git|work)|srv\/|Library\/WebServer|private\/var|workspace\/)/;
const MAX = 20;

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { text } = input.response;
  const { script, style, html } = factsOf(input);
  if (text === undefined || script || style) return;
  // In attributes and scripts of a page they are addresses.
  const shown = html ? visibleHtml(text) : text;
  let count = 0;
  for (const pattern of [UNIX, WINDOWS]) {
    for (const found of shown.matchAll(pattern)) {
      const path = found[0].replace(/[.\s]+$/, '');
      const unix = pattern === UNIX;
      if (unix && !SOURCE.test(path) && !(SURE.test(path) && path.split('/').length >= 4)) continue;
      if (/:\/\/[\w.-]*$/.test(shown.slice(Math.max(0, found.index - 60), found.index))) continue;
      if (++count > MAX) return;
      yield {
        parameter: 'body',
        detail: "The response holds a path of the server's file system.",
        evidence: [inBody({ start: found.index, end: found.index + path.length })],
        threshold: SOURCE.test(path) ? 'high' : 'medium',
      };
    }
  }
}

export const fullPathDisclosure: Check = {
  info: {
    id: 'full-path-disclosure',
    title: 'Path of the file system in a response',
    severity: 'low',
    cwe: [209],
    owasp: [API[8], TOP[5]],
    what: "A body holds a full path of the server's file system.",
    why: 'It tells the system, the user and where things lie, which is what reading files through another fault needs.',
    fix: 'Answer errors with a message of your own, and leave paths out of what clients get.',
    references: [zap(110009), cweUrl(209)],
  },
  confidence: 'medium',
  run,
};
