/** Personal data and tokens that go to hosts of others: trackers, and whoever gets beacons. */

import { credentialKind } from '#model/secrets/credential-names.ts';
import { isJwt, looksRandom } from '#model/secrets/placeholders.ts';
import type { CheckContext, CheckInput, Run, SeriesCheck } from '../check.ts';
import { requestField } from '../reading/head-fields.ts';
import { identityOf } from '../reading/identity.ts';
import { type Parameter, parameters } from '../reading/parameters.ts';
import { sensitiveKind } from '../reading/sensitive-text.ts';
import { siteOf } from '../reading/sites.ts';
import { API, cweUrl, TOP } from '../taxonomy.ts';

/** Those whose trade is to gather: analytics, advertising, error and session recording. */
const TRACKERS =
  /(?:^|\.)(?:google-analytics\.com|analytics\.google\.com|googletagmanager\.com|doubleclick\.net|googleadservices\.com|googlesyndication\.com|facebook\.com|facebook\.net|connect\.facebook\.net|mixpanel\.com|segment\.(?:io|com)|amplitude\.com|hotjar\.(?:com|io)|fullstory\.com|heap\.io|heapanalytics\.com|intercom\.io|sentry\.io|bugsnag\.com|rollbar\.com|datadoghq\.com|newrelic\.com|nr-data\.net|logrocket\.(?:io|com)|mouseflow\.com|clarity\.ms|bat\.bing\.com|tiktok\.com|analytics\.tiktok\.com|snapchat\.com|sc-static\.net|linkedin\.com|licdn\.com|twitter\.com|t\.co|pinterest\.com|ct\.pinterest\.com|criteo\.(?:com|net)|taboola\.com|outbrain\.com|adjust\.com|appsflyer\.com|branch\.io|braze\.com|klaviyo\.com|hubspot\.com|hs-analytics\.net|marketo\.net|pendo\.io|optimizely\.com|matomo\.cloud|plausible\.io|quantserve\.com|scorecardresearch\.com|adsrvr\.org|crazyegg\.com|yandex\.ru|mc\.yandex\.ru|baidu\.com|crashlytics\.com|app-measurement\.com|onesignal\.com|kochava\.com|singular\.net|statsigapi\.net|posthog\.com|rudderstack\.com|split\.io)$/i;
const BEACON_PATH =
  /\/(?:collect|track(?:ing)?|pixel|beacon|events?|analytics|telemetry|log(?:s|ging)?|metrics|impression|conversion|tr|stats?|ping|hit|r\/collect|batch|identify)(?:\/|\.\w{2,4}|$)/i;
const PHONE_NAME = /^(?:phone(?:_?number)?|mobile(?:_?number)?|tel|msisdn|ph)$/i;
const PLACE_NAME = /^(?:lat(?:itude)?|lng|lon(?:gitude)?)$/i;

/** Whose data it is: the site that the page or program belongs to. */
function siteOfSender(input: CheckInput): string | undefined {
  const from = requestField(input, 'origin')?.value ?? requestField(input, 'referer')?.value;
  return from !== undefined && URL.canParse(from) ? siteOf(new URL(from).hostname) : undefined;
}

function kindOf({ name, value }: Parameter): string | undefined {
  const kind = sensitiveKind(name, value);
  if (kind !== undefined) return kind;
  if (isJwt(value)) return 'a JSON Web Token';
  if (PHONE_NAME.test(name) && /^\+?[\d ()-]{8,20}$/.test(value)) return 'a phone number';
  if (PLACE_NAME.test(name) && /^-?\d{1,3}\.\d{4,}$/.test(value)) return 'a precise position';
  const credential = credentialKind(name);
  return credential !== undefined &&
    credential !== 'api-key' &&
    credential !== 'password' &&
    looksRandom(value)
    ? `a credential (${credential})`
    : undefined;
}

function begin({ firstParty = [] }: CheckContext): Run {
  const parties = firstParty.map((party) => party.toLowerCase());
  const isOwn = (host: string) => parties.some((party) => host === party || host.endsWith(`.${party}`));
  return function* run(input) {
    const { row } = input.session;
    const host = row.host.toLowerCase();
    if (isOwn(host)) return;
    const sender = siteOfSender(input);
    const foreign = parties.length > 0 || (sender !== undefined && sender !== siteOf(host));
    const tracker = TRACKERS.test(host) && sender !== siteOf(host);
    const { mime } = input.response;
    // An own API on another site looks the same, but answers with something.
    const beacon =
      foreign &&
      (BEACON_PATH.test(row.path.split('?', 1)[0] ?? '') || /^image\//.test(mime ?? '')) &&
      identityOf(input)?.kind !== 'authorization';
    if (!tracker && !beacon && !(parties.length > 0)) return;
    for (const parameter of parameters(input)) {
      const { side, place, path, evidence } = parameter;
      if (side !== 'request' || place === 'header' || place === 'cookie') continue;
      const kind = kindOf(parameter);
      if (kind === undefined) continue;
      yield {
        parameter: path,
        detail: `${kind.replace(/^./, (letter) => letter.toUpperCase())} goes to a host of somebody else.`,
        evidence: [evidence],
      };
    }
    // Addresses of pages are what trackers are told most.
    for (const { side, place, path, value, evidence } of parameters(input)) {
      if (
        side !== 'request' ||
        !['query', 'json', 'form'].includes(place) ||
        !/^https?:\/\/[^\s]*\?/.test(value) ||
        !URL.canParse(value)
      )
        continue;
      for (const [name, inner] of new URL(value).searchParams) {
        const kind = kindOf({ name, value: inner, evidence, side, place, path, raw: inner });
        if (kind !== undefined)
          yield {
            parameter: path,
            detail: `An address with ${kind} in it goes to a host of somebody else.`,
            evidence: [evidence],
          };
      }
    }
  };
}

export const thirdPartyDataFlow: SeriesCheck = {
  info: {
    id: 'third-party-data-flow',
    title: 'Personal data goes to somebody else',
    severity: 'medium',
    cwe: [359, 201],
    owasp: [API[9], API[10], TOP[4]],
    what: 'An e-mail address, phone or card number, position or token is sent to a tracker, or to a host outside of the first-party list.',
    why: 'Others get to know who does what where; with a token they can act in that name. In many countries people must be asked first.',
    fix: 'Send ids that mean nothing elsewhere, cut queries from addresses before they are told, and ask people where the law wants it.',
    references: [
      'https://owasp.org/API-Security/editions/2023/en/0xaa-unsafe-consumption-of-apis/',
      cweUrl(359),
    ],
  },
  confidence: 'medium',
  begin,
};
