/** Forms that change something and hold no token against request forgery. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf } from '../reading/head-fields.ts';
import { htmlOf, inBody, pageUrl, type Tag } from '../reading/html-tags.ts';
import { sameSite } from '../reading/sites.ts';
import { API, cheatSheet, TOP, zap } from '../taxonomy.ts';

/** Names under which frameworks put their tokens; as a part of a name where that is safe. */
const TOKEN_NAME =
  /csrf|xsrf|anti.?forgery|requestverificationtoken|authenticity_?token|^_?_?token$|form_?token|(?:^|_)nonce$|^_wpnonce$|^form_key$|^form_build_id$|csrfmiddleware|synchronizer|logintoken|user_token|^__viewstateuserkey$|^state$|oauth_token|page_?token|crumb|^sesskey$|^yii_|^struts\.token|securitytoken|security_token|verify_?token|xss_?token|request_?token/i;
/** A search changes nothing. */
const SEARCH = /\b(?:search|suche|recherche|buscar|filter)\b|^q$/i;

interface Form {
  readonly tag: Tag;
  readonly names: string[];
}

function formsOf(tags: readonly Tag[]): Form[] {
  const forms: Form[] = [];
  let open: Form | undefined;
  for (const tag of tags) {
    if (tag.name === 'form') {
      open = { tag, names: [] };
      forms.push(open);
    } else if (tag.name === '/form') open = undefined;
    else if (open !== undefined && /^(?:input|select|textarea|button)$/.test(tag.name)) {
      open.names.push(tag.attributes.get('name')?.value ?? '', tag.attributes.get('id')?.value ?? '');
    }
  }
  return forms;
}

const inMeta = ({ name, attributes }: Tag) =>
  name === 'meta' && TOKEN_NAME.test(attributes.get('name')?.value ?? '');

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { tags } = htmlOf(input);
  if (!factsOf(input).success && factsOf(input).status < 400) return;
  // Frameworks that put it into a META element have their scripts send it.
  if (tags.some(inMeta)) return;
  for (const { tag, names } of formsOf(tags)) {
    const value = (name: string) => tag.attributes.get(name)?.value ?? '';
    const method = value('method').toLowerCase();
    if (names.some((name) => TOKEN_NAME.test(name))) continue;
    if (
      method === 'dialog' ||
      /[?&;]_?(?:csrf|xsrf|token|authenticity_token|nonce)[\w-]*=/i.test(value('action'))
    )
      continue;
    if ([...tag.attributes.keys()].some((name) => TOKEN_NAME.test(name))) continue;
    const harmless =
      method !== 'post' ||
      [value('role'), value('id'), value('class'), value('action'), value('name')].some((text) =>
        SEARCH.test(text),
      );
    // A form for another site carries nothing of this one's.
    const target = pageUrl(input, value('action'));
    if (target !== undefined && !sameSite(target.hostname, input.session.row.host)) continue;
    yield {
      parameter: value('id') || value('name') || value('action').split(/[?#]/, 1)[0]?.slice(0, 100) || 'form',
      detail: 'A form that is posted holds no token against request forgery.',
      evidence: [inBody(tag)],
      ...(harmless ? { severity: 'info', threshold: 'low' } : { threshold: 'medium' }),
    };
  }
}

export const csrfTokenMissing: Check = {
  info: {
    id: 'csrf-token-missing',
    title: 'Form without a token against request forgery',
    severity: 'medium',
    cwe: [352],
    owasp: [API[8], TOP[1]],
    what: 'A form that is posted to the same site holds no field with a token against cross-site request forgery.',
    why: 'A page of another site can post the same form with the cookies of whoever visits it, and act in their name.',
    fix: 'Use the token that the framework offers, check it with every request that changes something, and set SameSite on session cookies.',
    references: [zap(10202), cheatSheet('Cross-Site_Request_Forgery_Prevention')],
  },
  confidence: 'medium',
  run,
};
