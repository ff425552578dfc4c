/** Cookies that scripts may read. Says nothing of cookies that scripts are meant to read, or that are being deleted. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { isCsrfCookie, isSessionCookie, setCookies } from '../reading/set-cookies.ts';
import { API, mdnHeader, TOP, zap } from '../taxonomy.ts';

/** Set by and for scripts: analytics, consent, and how a page is to look. */
const FOR_SCRIPTS =
  /^(?:_ga|_gid|_gat|_gcl|_fbp|_hj|_pk_|__utm|amplitude|optimizely|cookie_?consent|cookieconsent|OptanonConsent)|^(?:[a-z]{1,12}[-_.])?(?:lang|language|locale|i18n|theme|color_?(?:mode|scheme)|dark_?mode|currency|country|region|time_?zone|tz|consent|gdpr|layout|density|font_?size|next_locale)$/i;

function* run(input: CheckInput): Iterable<FindingDraft> {
  for (const cookie of setCookies(input)) {
    if (cookie.deletes || cookie.attributes.has('httponly') || isCsrfCookie(cookie)) continue;
    const { name, evidence } = cookie;
    const threshold = isSessionCookie(cookie) ? 'high' : FOR_SCRIPTS.test(name) ? 'low' : 'medium';
    yield {
      parameter: name,
      detail: `The cookie ${name} is set without HttpOnly.`,
      evidence: [evidence],
      threshold,
    };
  }
}

export const cookieNoHttponly: Check = {
  info: {
    id: 'cookie-no-httponly',
    title: 'Cookie without HttpOnly',
    severity: 'low',
    cwe: [1004],
    owasp: [API[8], TOP[5]],
    what: 'A Set-Cookie field has no HttpOnly attribute, so scripts in the page can read the cookie.',
    why: 'A script injected into the page reads the cookie and sends it away; with a session cookie its owner is impersonated.',
    fix: 'Add HttpOnly to every cookie that scripts do not have to read, session cookies first.',
    references: [zap(10010), mdnHeader('Set-Cookie')],
  },
  confidence: 'high',
  scope: 'host',
  run,
};
