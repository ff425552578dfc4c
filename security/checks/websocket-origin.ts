/** WebSocket handshakes that a page of another site began and the server accepted. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf, requestField, responseField } from '../reading/head-fields.ts';
import { isLocalHost, sameSite } from '../reading/sites.ts';
import { API, cweUrl, TOP } from '../taxonomy.ts';

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { session } = input;
  const origin = requestField(input, 'origin');
  const upgraded =
    factsOf(input).status === 101 || (session.row.kind === 'websocket' && factsOf(input).success);
  const websocket =
    session.row.kind === 'websocket' || /websocket/i.test(responseField(input, 'upgrade')?.value ?? '');
  if (!upgraded || !websocket || origin === undefined) return;
  const value = origin.value.trim();
  const cookies = requestField(input, 'cookie') !== undefined;
  const { host } = session.row;
  if (value.toLowerCase() === 'null') {
    yield {
      parameter: origin.name,
      detail: 'A handshake from a frame without an origin was accepted.',
      evidence: [origin.evidence],
      severity: cookies ? 'high' : 'medium',
    };
    return;
  }
  if (!URL.canParse(value)) return;
  const from = new URL(value).hostname;
  if (sameSite(from, host) || (isLocalHost(from) && isLocalHost(host))) return;
  yield {
    parameter: origin.name,
    detail: cookies
      ? 'A handshake from a page of another site, with cookies, was accepted.'
      : 'A handshake from a page of another site was accepted.',
    evidence: [origin.evidence],
    ...(cookies ? { severity: 'high' } : {}),
  };
}

export const websocketOrigin: Check = {
  info: {
    id: 'websocket-origin',
    title: 'WebSocket accepted from another site',
    severity: 'medium',
    cwe: [1385, 346],
    owasp: [API[8], TOP[1]],
    what: 'The server accepted a WebSocket handshake whose Origin is of another site.',
    why: 'Browsers send cookies along and stop nobody: a page of any site talks over the socket in the name of whoever visits it.',
    fix: 'Compare Origin with a list of whole origins in the handshake, and ask for a token that other sites do not have.',
    references: ['https://www.rfc-editor.org/rfc/rfc6455#section-10.2', cweUrl(1385)],
  },
  confidence: 'medium',
  run,
};
