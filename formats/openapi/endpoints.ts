/**
 * The endpoints of a capture, gathered session by session: path with ids taken out, method, parameters, credentials, bodies and answers.
 * Static files, preflights and what OpenAPI has no place for are left out and reported. No value of a session is kept.
 */
import type { FullSession, Session } from '#model/session.ts';
import type { Losses } from '../losses.ts';
import { addBody, type BodyShapes, emptyBodies, urlencodedFields } from './body-shape.ts';
import {
  credentialsOf,
  isCredentialHeader,
  isCredentialParameter,
  type SecurityScheme,
} from './credentials.ts';
import { templatedPath } from './path-parameters.ts';
import { addValue, emptyShape, type Shape } from './shape.ts';
import { writtenValue } from './string-formats.ts';

const MOST_OPERATIONS = 2000;
const MOST_PARAMETERS = 100;

/** Path Item Object of OpenAPI 3.1. */
const METHODS: ReadonlySet<string> = new Set([
  'GET',
  'PUT',
  'POST',
  'DELETE',
  'OPTIONS',
  'HEAD',
  'PATCH',
  'TRACE',
]);

/** What browsers load to show a page. */
const STATIC =
  /^(?:image\/|font\/|audio\/|video\/|text\/css$|(?:text|application)\/(?:x-)?(?:javascript|ecmascript)$|application\/(?:font|x-font|wasm|manifest))/;

/** Headers that clients, proxies and frameworks add by themselves. */
const USUAL_HEADER =
  /^x-(?:forwarded|real-ip|requested-with|client-data|request-id|amzn|b3-|datadog|newrelic|sluice)/i;

export interface Parameter {
  /** Requests that had it. */
  count: number;
  /** Whether one had it more than once. */
  repeated: boolean;
  readonly shape: Shape;
}

export interface Operation {
  readonly method: string;
  readonly template: string;
  readonly origins: Set<string>;
  count: number;
  readonly path: Map<string, Shape>;
  readonly query: Map<string, Parameter>;
  readonly headers: Map<string, Parameter>;
  /** Requests that had each. */
  readonly credentials: Map<string, { readonly scheme: SecurityScheme['scheme']; count: number }>;
  readonly requestBody: BodyShapes;
  readonly responses: Map<number, { readonly reason: string; readonly bodies: BodyShapes }>;
}

const emptyOperation = (method: string, template: string): Operation => ({
  method,
  template,
  origins: new Set(),
  count: 0,
  path: new Map(),
  query: new Map(),
  headers: new Map(),
  credentials: new Map(),
  requestBody: emptyBodies(),
  responses: new Map(),
});

/** Why a session is no call of an endpoint; undefined when it is one. */
function notEndpoint({ row, request, response }: Session): string | undefined {
  if (row.kind !== 'http') return row.kind === 'tunnel' ? 'tunnel' : 'WebSocket session';
  if (!METHODS.has(row.method)) return 'method that OpenAPI has no place for';
  if (response === undefined) return 'session without a response';
  if (STATIC.test(row.mime ?? '')) return 'static file';
  const preflight = request.head.headers.some(([name]) => /^access-control-request-method$/i.test(name));
  return row.method === 'OPTIONS' && preflight ? 'preflight' : undefined;
}

function addParameters(into: Map<string, Parameter>, pairs: readonly (readonly [string, string])[]): void {
  const seen = new Set<string>();
  for (const [name, value] of pairs) {
    if (!into.has(name) && into.size >= MOST_PARAMETERS) continue;
    const parameter = into.get(name) ?? { count: 0, repeated: false, shape: emptyShape() };
    into.set(name, parameter);
    addValue(parameter.shape, writtenValue(value));
    if (seen.has(name)) parameter.repeated = true;
    else parameter.count += 1;
    seen.add(name);
  }
}

export class Endpoints {
  readonly #losses: Losses;
  readonly #operations = new Map<string, Operation>();

  constructor(losses: Losses) {
    this.#losses = losses;
  }

  get operations(): readonly Operation[] {
    return [...this.#operations.values()];
  }

  async add(full: FullSession): Promise<void> {
    const { session } = full;
    const { row, request, response } = session;
    const reason = notEndpoint(session);
    if (reason !== undefined) return this.#losses.add(reason);
    const path = templatedPath(row.path);
    if (path === undefined) return this.#losses.add('path that is too long to be named');
    const operation = this.#operation(row.method, path.template);
    if (operation === undefined) return this.#losses.add(`endpoints beyond the first ${MOST_OPERATIONS}`);

    operation.count += 1;
    operation.origins.add(/^[a-z]+:\/\/[^/?#]*/i.exec(row.url)?.[0] ?? '');
    for (const { name, value } of path.parameters) {
      const shape = operation.path.get(name) ?? emptyShape();
      operation.path.set(name, shape);
      addValue(shape, writtenValue(value));
    }
    const { headers } = request.head;
    const query = urlencodedFields(/\?([^#]*)/.exec(row.url)?.[1] ?? '');
    addParameters(
      operation.query,
      query.filter(([name]) => !isCredentialParameter(name)),
    );
    addParameters(
      operation.headers,
      headers
        .filter(([name]) => /^x-/i.test(name) && !USUAL_HEADER.test(name) && !isCredentialHeader(name))
        .map(([name, value]) => [name.toLowerCase(), value]),
    );
    for (const { id, scheme } of credentialsOf(
      headers,
      query.map(([name]) => name),
    )) {
      const known = operation.credentials.get(id) ?? { scheme, count: 0 };
      known.count += 1;
      operation.credentials.set(id, known);
    }
    await addBody(operation.requestBody, headers, full.requestBody, this.#losses);
    if (response === undefined) return;
    const { status } = response.head;
    const answer = operation.responses.get(status) ?? { reason: response.head.reason, bodies: emptyBodies() };
    operation.responses.set(status, answer);
    await addBody(answer.bodies, response.head.headers, full.responseBody, this.#losses);
  }

  #operation(method: string, template: string): Operation | undefined {
    const key = `${method} ${template}`;
    const known = this.#operations.get(key);
    if (known !== undefined || this.#operations.size >= MOST_OPERATIONS) return known;
    const operation = emptyOperation(method, template);
    this.#operations.set(key, operation);
    return operation;
  }
}
