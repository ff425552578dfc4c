/** WebSockets without encryption where that matters: begun by a page over HTTPS, or with credentials in what they carry. */

import { credentialKind } from '#model/secrets/credential-names.ts';
import { isJwt, isMask, looksRandom } from '#model/secrets/placeholders.ts';
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf, requestField } from '../reading/head-fields.ts';
import { parameters } from '../reading/parameters.ts';
import { API, cweUrl, TOP } from '../taxonomy.ts';

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { session } = input;
  const { secure } = factsOf(input);
  if (secure || session.row.kind !== 'websocket') return;
  const origin = requestField(input, 'origin');
  if (/^https:/i.test(origin?.value ?? '') && origin !== undefined) {
    yield {
      parameter: 'ws',
      detail: 'A page over HTTPS opened a WebSocket without encryption.',
      evidence: [origin.evidence],
    };
  }
  for (const { side, name, path, value, evidence } of parameters(input)) {
    if (evidence.part !== 'message' || side !== 'request') continue;
    const kind = credentialKind(name);
    const secret =
      kind === 'password' ? !isMask(value) : (kind !== undefined && looksRandom(value)) || isJwt(value);
    if (!secret) continue;
    yield {
      parameter: path,
      detail: 'A message over a WebSocket without encryption carries a credential.',
      evidence: [evidence],
      severity: 'high',
    };
  }
}

export const websocketClear: Check = {
  info: {
    id: 'websocket-clear',
    title: 'WebSocket without encryption',
    severity: 'medium',
    cwe: [319],
    owasp: [API[8], TOP[2]],
    what: 'A page over HTTPS opened a ws:// connection, or a message over one carries a credential.',
    why: 'Everybody on the way reads and changes the messages, and takes over whose credentials they carry.',
    fix: 'Use wss:// everywhere, and refuse ws:// on the server.',
    references: ['https://www.rfc-editor.org/rfc/rfc6455#section-10.6', cweUrl(319)],
  },
  confidence: 'high',
  run,
};
