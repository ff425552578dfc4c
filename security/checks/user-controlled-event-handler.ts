/** Values of the request that come back inside event handlers of the page. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { htmlOf, inBody } from '../reading/html-tags.ts';
import { userInput } from '../reading/user-input.ts';
import { API, cheatSheet, TOP, zap } from '../taxonomy.ts';

function* run(input: CheckInput): Iterable<FindingDraft> {
  const sent = userInput(input);
  if (sent.length === 0) return;
  for (const { name, attributes } of htmlOf(input).tags) {
    for (const [key, attribute] of attributes) {
      if (!/^on[a-z]{3,}$/.test(key)) continue;
      const text = attribute.value.slice(0, 5000);
      for (const one of sent) {
        if (!text.includes(one.value)) continue;
        yield {
          parameter: one.name,
          detail: `The value comes back in the handler ${key} of a ${name} element.`,
          evidence: [inBody(attribute)],
        };
      }
    }
  }
}

export const userControlledEventHandler: Check = {
  info: {
    id: 'user-controlled-event-handler',
    title: 'Request value in an event handler of the page',
    severity: 'info',
    cwe: [20],
    owasp: [API[8], TOP[3]],
    what: 'The value of a request parameter comes back inside an on… attribute, which is run as a script.',
    why: 'A value that ends the string it stands in runs as a script, and encoding for HTML does not prevent it. Whether it does takes an active request to tell.',
    fix: 'Keep values out of handlers: put them in data attributes, encoded, and attach handlers in script files.',
    references: [zap(10043), cheatSheet('Cross_Site_Scripting_Prevention')],
  },
  confidence: 'medium',
  run,
};
