/**
 * What a name says about its value when a capture is given away: wider than what the checks cry about (model/secrets), because here a
 * secret that stays costs more than a word too many that goes. Names that only sound like secrets ask their value to look like one.
 */
import { credentialKind } from '#model/secrets/credential-names.ts';
import { entropy, isMask, isPlaceholder, looksRandom } from '#model/secrets/placeholders.ts';

/** Names that the checks leave alone, by kind; letters and digits alone. */
const MORE: Readonly<Record<string, string>> = {
  csrf: `csrf xsrf csrftoken xsrftoken csrfmiddlewaretoken authenticitytoken requestverificationtoken xcsrftoken xxsrftoken
    anticsrftoken csrfnonce xcsrf`,
  saml: 'samlresponse samlrequest samlart wresult',
  code: `code authorizationcode authcode oauthcode devicecode usercode`,
  otp: `otp totp onetimecode onetimepassword onetimepasscode mfacode twofactorcode verificationcode smscode otpcode pin xotp`,
  token:
    'xamzsecuritytoken codeverifier clientassertion assertion subjecttoken actortoken sessionticket oauthverifier',
  'api-key': 'secret clientkey oauthconsumerkey consumerkey credential credentials',
  signature:
    'sig signature xamzsignature xgoogsignature oauthsignature hmac xsignature xhubsignature xhubsignature256 stripesignature',
  authorization: 'authorization proxyauthorization xauthorization auth xauth',
};

const names = new Map<string, string>();
for (const [kind, list] of Object.entries(MORE)) for (const name of list.split(/\s+/)) names.set(name, kind);

const ENDING =
  /(token|secret|password|passwd|pwd|apikey|accesskey|secretkey|privatekey|sessionid|sessionkey|credentials?|authorization)$/;
/** Cursors and the like, which only look like tokens. */
const HARMLESS =
  /(?:page|next|prev|previous|continuation|sync|cancel|cancellation|cursor|sort|resume|change|skip|delta|design|show|hide|forgot|reset|has|is|no)(?:token|password|passwd|pwd)$/;

/** "user[new_password]" → "newpassword": the innermost name, letters and digits alone. */
function plain(name: string): string {
  const inner = /\[([^\][]+)\]$/.exec(name.slice(-200))?.[1] ?? name;
  return inner.toLowerCase().replace(/[^a-z0-9]/g, '');
}

interface Meaning {
  readonly kind: string;
  /** The name alone does not do. */
  readonly vague: boolean;
}

const cache = new Map<string, Meaning | null>();
const MOST_CACHED = 10_000;

function meaningOf(name: string): Meaning | null {
  const sure = credentialKind(name);
  if (sure !== undefined) return { kind: sure, vague: false };
  const key = plain(name);
  if (key.length > 80) return null;
  const more = names.get(key);
  if (more !== undefined) return { kind: more, vague: false };
  const ending = HARMLESS.test(key) ? null : ENDING.exec(key);
  if (ending === null) return null;
  const [, word = ''] = ending;
  const kind = /^p(?:assw|wd)/.test(word) ? 'password' : /key$|secret/.test(word) ? 'api-key' : 'token';
  return { kind, vague: true };
}

function known(name: string): Meaning | null {
  // No name is that long, and the patterns below are for short text.
  if (name.length > 200) return null;
  const kept = cache.get(name);
  if (kept !== undefined) return kept;
  const meaning = meaningOf(name);
  if (cache.size >= MOST_CACHED) cache.clear();
  cache.set(name, meaning);
  return meaning;
}

const BOOLEAN = /^(?:true|false|yes|no|on|off|null|undefined)$/i;
/** More than a word or a number: digits and letters, or long and irregular. */
const plausible = (value: string) =>
  value.length >= 6 &&
  !isPlaceholder(value) &&
  ((/\d/.test(value) && /[a-z]/i.test(value)) || (value.length >= 16 && entropy(value) >= 3));

/** Whether a value under a name of this kind is one. Passwords may look like anything, the rest may not. */
function fits(kind: string, value: string): boolean {
  switch (kind) {
    case 'password':
      return !/^\d{1,3}$/.test(value);
    case 'api-key':
      return value.length >= 4 && !isPlaceholder(value);
    case 'otp':
      return /^[A-Za-z0-9-]{4,12}$/.test(value) && /\d{3}/.test(value);
    case 'code':
      return looksRandom(value);
    case 'saml':
    case 'signature':
      return value.length >= 16 && !isPlaceholder(value);
    case 'authorization':
      return value.length >= 8 && /\d/.test(value) && !isPlaceholder(value);
    default:
      return plausible(value);
  }
}

/** Whether the name could be one of a secret at all: cheap, for readers that come by many. */
export const mayNameSecret = (name: string): boolean => known(name) !== null;

/** The kind of secret that `value` (decoded) is under that name, or undefined. */
export function secretKind(name: string, value: string): string | undefined {
  const meaning = known(name);
  if (meaning === null || BOOLEAN.test(value) || isMask(value)) return undefined;
  return (meaning.vague ? looksRandom(value) : fits(meaning.kind, value)) ? meaning.kind : undefined;
}

/** The same where nothing but the text around says that it is a name and a value: prose, scripts. */
export function secretKindInText(name: string, value: string, quoted: boolean): string | undefined {
  const kind = secretKind(name, value);
  if (kind === undefined || kind === 'code') return undefined;
  if (looksRandom(value)) return kind;
  const word = /\d/.test(value) && /[a-z]/i.test(value) && value.length >= 6 && !/[\s()]/.test(value);
  return word && (quoted || !/[.[\]{}]/.test(value)) && !/^[a-z]{1,12}\d$/i.test(value) ? kind : undefined;
}
