/** View states of JavaServer Faces that clients can read, and so write. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { htmlOf, inBody } from '../reading/html-tags.ts';
import { API, cweUrl, TOP, zap } from '../taxonomy.ts';

function* run(input: CheckInput): Iterable<FindingDraft> {
  for (const { name, attributes } of htmlOf(input).tags) {
    const value = attributes.get('value');
    if (name !== 'input' || value === undefined) continue;
    if (!/^(?:javax|jakarta)\.faces\.ViewState$/i.test(attributes.get('name')?.value ?? '')) continue;
    // "j_id1:j_id2" and numbers name a state that the server keeps.
    if (value.value.length < 16 || !/^[A-Za-z0-9+/=_-]+$/.test(value.value)) continue;
    const bytes = Buffer.from(value.value, 'base64');
    const java = bytes[0] === 0xac && bytes[1] === 0xed;
    const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
    if (!java && !packed && !/\bjava\./.test(bytes.toString('latin1'))) continue;
    yield {
      parameter: 'javax.faces.ViewState',
      detail: 'The view state is a serialised object that is neither encrypted nor signed.',
      evidence: [inBody(value)],
    };
  }
}

export const jsfViewstate: Check = {
  info: {
    id: 'jsf-viewstate',
    title: 'JSF view state without protection',
    severity: 'medium',
    cwe: [642],
    owasp: [API[8], TOP[8]],
    what: 'A page of JavaServer Faces holds its view state as a serialised Java object without encryption or signature.',
    why: 'Whoever changes it decides which objects the server makes of it, which has led to running code there.',
    fix: 'Keep the state on the server (STATE_SAVING_METHOD server), or switch encryption of the client state on.',
    references: [zap(90001), cweUrl(642)],
  },
  confidence: 'medium',
  run,
};
