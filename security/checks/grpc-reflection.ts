/** gRPC servers whose reflection service answers. */
import { headerValue } from '#model/headers.ts';
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf, requestLine, responseField } from '../reading/head-fields.ts';
import { API, cweUrl, TOP } from '../taxonomy.ts';

const PATH = /^\/grpc\.reflection\.v1(?:alpha)?\.ServerReflection\/ServerReflectionInfo$/;

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { session } = input;
  if (!PATH.test(session.row.path.split('?', 1)[0] ?? '') || !factsOf(input).success) return;
  const status =
    headerValue(session.response?.trailers ?? [], 'grpc-status') ??
    responseField(input, 'grpc-status')?.value;
  if (status !== undefined && status !== '0') return;
  if (status === undefined && session.response?.body.size === 0) return;
  yield {
    parameter: 'reflection',
    detail: 'The reflection service answered.',
    evidence: [requestLine(input)],
  };
}

export const grpcReflection: Check = {
  info: {
    id: 'grpc-reflection',
    title: 'gRPC reflection answers',
    severity: 'low',
    cwe: [200],
    owasp: [API[8], TOP[5]],
    what: 'The reflection service of a gRPC server answers, which lists its services, methods and messages.',
    why: 'The whole interface can be read and called, with what no client uses.',
    fix: 'Leave the reflection service out of production builds, or ask for credentials.',
    references: ['https://grpc.io/docs/guides/reflection/', cweUrl(200)],
  },
  confidence: 'high',
  scope: 'host',
  run,
};
