/** Values of the request that come back inside attributes of the page: the places where cross-site scripting is looked for first. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { htmlOf, inBody } from '../reading/html-tags.ts';
import { userInput } from '../reading/user-input.ts';
import { API, cheatSheet, TOP, zap } from '../taxonomy.ts';

/** Where a value decides what is loaded, where a link leads or what is run. */
const STRONG = /^(?:href|src|action|formaction|data|srcdoc|style|background|content|value)$/;

function* run(input: CheckInput): Iterable<FindingDraft> {
  const sent = userInput(input);
  if (sent.length === 0) return;
  const byValue = new Map(sent.map((one) => [one.value.toLowerCase(), one]));
  for (const { name, attributes } of htmlOf(input).tags) {
    for (const [key, attribute] of attributes) {
      if (key.startsWith('on')) continue;
      const one = byValue.get(attribute.value.toLowerCase());
      if (one === undefined) continue;
      // A search box that shows again what was looked for is what forms are for.
      const threshold = STRONG.test(key) && !(key === 'value' && name === 'option') ? 'medium' : 'low';
      yield {
        parameter: one.name,
        detail: `The value comes back in the attribute ${key} of a ${name} element.`,
        evidence: [inBody(attribute)],
        threshold,
      };
    }
  }
}

export const userControlledAttribute: Check = {
  info: {
    id: 'user-controlled-attribute',
    title: 'Request value in an attribute of the page',
    severity: 'info',
    cwe: [20],
    owasp: [API[8], TOP[3]],
    what: 'The value of a request parameter comes back as the value of an HTML attribute.',
    why: 'Where the value is not encoded, a link made by somebody else adds attributes or scripts to the page. Whether it is encoded takes an active request to tell.',
    fix: 'Encode for attributes what goes into attributes, allow only known schemes in URLs, and set a Content-Security-Policy.',
    references: [zap(10031), cheatSheet('Cross_Site_Scripting_Prevention')],
  },
  confidence: 'low',
  run,
};
