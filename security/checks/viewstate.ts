/** ASP.NET's view state: of old versions, without a MAC, or with data that says something of people or machines. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { htmlOf, inBody } from '../reading/html-tags.ts';
import { API, TOP, zap } from '../taxonomy.ts';

const EMAIL = /[\w.+-]{2,64}@[\w-]{2,60}(?:\.[a-z]{2,10}){1,3}/i;
const PRIVATE_IP =
  /(?<![\d.])(?:10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2})(?![\d.])/;

/** Whether the bytes end in a MAC of 20 (SHA-1) or 32 (SHA-256) bytes is not marked; what it is not is text that ends as the format does. */
const hasNoMac = (bytes: Buffer) => {
  const last = bytes.at(-1);
  // A token of LosFormatter's ends the object: null, empty string, zero, true, false, or an array that is empty.
  return (
    last === 0x64 || (bytes.length < 40 && (last === 0x65 || last === 0x66 || last === 0x67 || last === 0x68))
  );
};

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { tags } = htmlOf(input);
  const fields = tags.filter(
    ({ name, attributes }) =>
      name === 'input' && /^__VIEWSTATE\d*$/i.test(attributes.get('name')?.value ?? ''),
  );
  const encrypted = tags.some(({ attributes }) =>
    /^__VIEWSTATEENCRYPTED$/i.test(attributes.get('name')?.value ?? ''),
  );
  if (fields.length > 1) {
    const [first] = fields;
    const detail = 'The view state is split over several fields.';
    if (first !== undefined)
      yield { parameter: '__VIEWSTATEFIELDCOUNT', detail, evidence: [inBody(first)], severity: 'info' };
  }
  for (const tag of fields) {
    const value = tag.attributes.get('value');
    if (value === undefined || value.value.length < 8 || !/^[A-Za-z0-9+/=]+$/.test(value.value)) continue;
    const bytes = Buffer.from(value.value, 'base64');
    const text = bytes.toString('latin1');
    const parameter = tag.attributes.get('name')?.value ?? '__VIEWSTATE';
    const old = /^d[A-Za-z0-9+/]{3}/.test(value.value) && /^t</.test(text);
    if (old) {
      yield {
        parameter,
        detail: 'The view state is of ASP.NET 1.x.',
        evidence: [inBody(value)],
        severity: 'low',
      };
    }
    const modern = bytes[0] === 0xff && bytes[1] === 0x01;
    if (!encrypted && (modern || old) && hasNoMac(bytes)) {
      yield {
        parameter,
        detail: 'The view state has no MAC: clients may change it.',
        evidence: [inBody(value)],
        severity: 'high',
      };
    }
    if ((modern || old) && (EMAIL.test(text) || PRIVATE_IP.test(text))) {
      const detail = 'The view state holds an e-mail address or a private address.';
      yield { parameter: `${parameter} content`, detail, evidence: [inBody(value)], severity: 'medium' };
    }
  }
}

export const viewstate: Check = {
  info: {
    id: 'viewstate',
    title: 'View state of ASP.NET',
    severity: 'medium',
    cwe: [642],
    owasp: [API[8], TOP[8]],
    what: 'A page holds a view state of an old version, without a message authentication code, or with addresses in it.',
    why: 'Clients read it, and without a MAC write it; what the server reads back may then run their code.',
    fix: 'Keep EnableViewStateMac on with a key of the own, set viewStateEncryptionMode="Always", and leave data out of it.',
    references: [zap(10032), 'https://learn.microsoft.com/en-us/previous-versions/aspnet/bb386448(v=vs.100)'],
  },
  confidence: 'medium',
  run,
};
