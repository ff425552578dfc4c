/** Properties of answers that are for the inside: secrets of accounts, internal notes and flags. By whole names, and only where they have a value. */

import { isMask } from '#model/secrets/placeholders.ts';
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf } from '../reading/head-fields.ts';
import { parameters } from '../reading/parameters.ts';
import { API, cweUrl, TOP } from '../taxonomy.ts';

const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Never meant for a client. */
const SECRET =
  /^(?:(?:user|hashed|encrypted|plain|old|raw)?(?:password|passwd|pwd)(?:hash|digest|salt|hashed|encrypted|plain)?|passhash|pwhash|salt|passwordsalt|secret|clientsecret|apisecret|secretkey|privatekey|mfasecret|totpsecret|otpsecret|twofactorsecret|2fasecret|otp|otpcode|resettoken|passwordresettoken|resetpasswordtoken|resetcode|verificationcode|activationcode|confirmationtoken|emailverificationtoken|securityanswer|securityquestionanswer|pin|pincode|cvv|cvc|cvv2|recoverycodes?|backupcodes?|remembertoken|encryptionkey|signingkey|dbpassword|databasepassword|connectionstring)$/;
/** For those who run the service. */
const INTERNAL =
  /^(?:internal\w{2,30}|\w{0,20}internal(?:id|note|notes|comment|comments|status|flag|score|only)|adminnotes?|staffnotes?|privatenotes?|costprice|purchaseprice|wholesaleprice|profitmargin|margin|supplierprice|riskscore|fraudscore|creditscore|debug(?:info|data)|serverpath|filepath|sqlquery|rawquery|lastloginip|lastip|ipaddress|registrationip|stripecustomerid|deletedby|failedloginattempts|loginattempts|passwordchangedat|lockeduntil|islocked|isbanned|shadowbanned)$/;
/** Roles and flags: told at low, as clients do show them. */
const FLAGS =
  /^(?:role|roles|isadmin|admin|issuperuser|isstaff|superuser|permissions?|scopes?|accesslevel|userlevel|privileges?|v|rev|etag|tenantid|passwordexpired)$/;
/** Descriptions of forms and schemas have names as values. */
const WORD =
  /^(?:string|text|password|number|integer|boolean|required|hidden|null|none|true|false|yes|no|0|1|\*+|[•x]+|\[?redacted\]?|\[?filtered\]?|<[^>]*>|password123)?$/i;
const MAX = 40;

const thresholdOf = (key: string) => (SECRET.test(key) ? 'high' : INTERNAL.test(key) ? 'medium' : 'low');

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { success } = factsOf(input);
  if (!success) return;
  let count = 0;
  for (const { side, place, name, path, value, evidence } of parameters(input)) {
    if (side !== 'response' || place !== 'json' || name.length > 40) continue;
    const key = plain(name);
    const secret = SECRET.test(key);
    if (!secret && !INTERNAL.test(key) && !FLAGS.test(key)) continue;
    // Codes are digits: what else stands under such a name is a word for people.
    if (/^(?:pin|pincode|otp|otpcode|cvv2?|cvc)$/.test(key) && !/^\d{3,10}$/.test(value)) continue;
    if (/^(?:true|false)$/.test(value) && !FLAGS.test(key)) continue;
    // Of a payment in the making, which its page is meant to have.
    if (key === 'clientsecret' && /^(?:pi|seti|cs|src|ek)_[A-Za-z0-9]{8,40}_secret_/.test(value)) continue;
    if (value === '' || (secret && WORD.test(value)) || isMask(value)) continue;
    // Texts of a form, of a translation or of a schema: names of fields with words for people, or what is wrong with them.
    if (
      /(?:^|[.[\]])(?:errors?|messages?|labels?|translations?|i18n|locale|properties|placeholders?|validation|schema|fields)(?=[.[\]]|$)/i.test(
        path,
      )
    )
      continue;
    if (secret && /\s/.test(value.trim()) && value.length > 12) continue;
    if (/^internal(?:server)?error/.test(key)) continue;
    if (++count > MAX) return;
    yield {
      parameter: path.replace(/\[\d+\]/g, '[]'),
      detail: secret
        ? 'The response holds a property that no client should get.'
        : 'The response holds a property that looks internal.',
      evidence: [evidence],
      severity: secret ? 'medium' : 'low',
      threshold: thresholdOf(key),
    };
  }
}

export const excessiveData: Check = {
  info: {
    id: 'excessive-data',
    title: 'Answer holds more than a client needs',
    severity: 'medium',
    cwe: [213, 200],
    owasp: [API[3], TOP[1]],
    what: 'A JSON answer holds properties that look secret or internal: passwords, salts, codes, internal notes, scores, prices.',
    why: 'That the client does not show a property keeps nobody from reading it.',
    fix: 'Name the properties that each answer has, for each role, instead of sending what the database holds.',
    references: [
      'https://owasp.org/API-Security/editions/2023/en/0xa3-broken-object-property-level-authorization/',
      cweUrl(213),
    ],
  },
  confidence: 'medium',
  run,
};
