/** Forms without an action, which are sent to the address of the page with all that stands in its query. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf, requestField, responseField } from '../reading/head-fields.ts';
import { htmlOf, inBody } from '../reading/html-tags.ts';
import { API, cweUrl, TOP, zap } from '../taxonomy.ts';

const JAVA = /\.(?:jsp|jspx|do|action|jsf|faces)(?:[;?#]|$)/i;

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { url } = factsOf(input);
  const java =
    JAVA.test(input.session.row.path) ||
    /JSESSIONID=/i.test(
      `${requestField(input, 'cookie')?.value} ${responseField(input, 'set-cookie')?.value}`,
    );
  for (const tag of htmlOf(input).tags) {
    if (tag.name !== 'form' || (tag.attributes.get('action')?.value ?? '') !== '') continue;
    // Where servers join the parameters of query and form, as servlets do, the address decides what the form says.
    const matters = java && (url?.search ?? '') !== '';
    yield {
      parameter: 'form',
      detail: 'A form has no action and is sent to the address of the page with its query.',
      evidence: [inBody(tag)],
      ...(matters ? { threshold: 'medium' } : { threshold: 'low' }),
    };
  }
}

export const formWithoutAction: Check = {
  info: {
    id: 'form-without-action',
    title: 'Form without an action',
    severity: 'medium',
    cwe: [20],
    owasp: [API[8], TOP[3]],
    what: 'A form of a servlet or JSP page has no action, so that the query of the page is sent along with it.',
    why: 'A link with parameters of the same names as the fields overrides what is filled in, as the server joins both.',
    fix: 'Give every form an action, and read its values from the body alone.',
    references: [zap(10026), cweUrl(20)],
  },
  confidence: 'low',
  run,
};
