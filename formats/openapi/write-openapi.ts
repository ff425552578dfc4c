/**
 * An OpenAPI 3.1 document of a capture's endpoints, with schemas inferred from what was seen. It is a start for people to edit: it says what
 * was, not what is meant. Values of sessions are not in it.
 */
import type { FullSession } from '#model/session.ts';
import type { Format, WriteOptions } from '../format.ts';
import { contentOf } from './body-shape.ts';
import { Endpoints, type Operation, type Parameter } from './endpoints.ts';
import { schemaOf } from './schema-of-shape.ts';

const STATUS_TEXT: Readonly<Record<number, string>> = {
  2: 'Success',
  3: 'Redirection',
  4: 'Client error',
  5: 'Server error',
};

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));

function parameters(operation: Operation): object[] {
  const path = [...operation.path].map(([name, shape]) => ({
    name,
    in: 'path',
    required: true,
    schema: schemaOf(shape),
  }));
  const optional =
    (place: string) =>
    ([name, { count, repeated, shape }]: [string, Parameter]) => ({
      name,
      in: place,
      ...(count === operation.count ? { required: true } : {}),
      schema: repeated ? { type: 'array', items: schemaOf(shape) } : schemaOf(shape),
    });
  return [
    ...path,
    ...[...operation.query].map(optional('query')),
    ...[...operation.headers].map(optional('header')),
  ];
}

/** `get /users/{id}/orders` is `getUsersIdOrders`. */
function operationId({ method, template }: Operation, taken: Set<string>): string {
  const words = template.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const name =
    method.toLowerCase() + (words.map((word) => word[0]?.toUpperCase() + word.slice(1)).join('') || 'Root');
  let free = name;
  for (let i = 2; taken.has(free); i += 1) free = `${name}${i}`;
  taken.add(free);
  return free;
}

function responses({ responses: seen }: Operation): object {
  const sorted = [...seen].sort(([a], [b]) => a - b);
  return Object.fromEntries(
    sorted.map(([status, { reason, bodies }]) => {
      const description = reason || STATUS_TEXT[Math.floor(status / 100)] || 'Answer';
      // A status has three digits in OpenAPI; whatever else was sent is of no known class.
      const name = status >= 100 && status <= 599 ? String(status) : 'default';
      return [name, { description, ...(bodies.count > 0 ? { content: contentOf(bodies) } : {}) }];
    }),
  );
}

/** What came together is asked for together; where some requests had less, less seems to do. */
function security({ credentials, count }: Operation): object {
  if (credentials.size === 0) return {};
  const together = Object.fromEntries([...credentials.keys()].map((id) => [id, []]));
  const always = [...credentials.values()].every((one) => one.count === count);
  return { security: always ? [together] : [together, {}] };
}

function operationObject(operation: Operation, taken: Set<string>): object {
  const all = parameters(operation);
  const { requestBody, count } = operation;
  return {
    operationId: operationId(operation, taken),
    ...(all.length > 0 ? { parameters: all } : {}),
    ...(requestBody.count > 0
      ? {
          requestBody: {
            ...(requestBody.count === count ? { required: true } : {}),
            content: contentOf(requestBody),
          },
        }
      : {}),
    responses: responses(operation),
    ...security(operation),
  };
}

function pathObject(operations: readonly Operation[], main: string, taken: Set<string>): object {
  const origins = [...new Set(operations.flatMap(({ origins: all }) => [...all]))].sort(compare);
  const elsewhere =
    origins.length === 1 && origins[0] === main ? {} : { servers: origins.map((url) => ({ url })) };
  const byMethod = operations.map((one) => [one.method.toLowerCase(), operationObject(one, taken)] as const);
  return { ...elsewhere, ...Object.fromEntries(byMethod.sort(([a], [b]) => compare(a, b))) };
}

/** The document as a value. */
export function openApiDocument(operations: readonly Operation[], creatorVersion: string): object {
  const calls = new Map<string, number>();
  for (const { origins, count } of operations)
    for (const origin of origins) calls.set(origin, (calls.get(origin) ?? 0) + count);
  const origins = [...calls].sort(([a, m], [b, n]) => n - m || compare(a, b)).map(([origin]) => origin);
  const [main = ''] = origins;
  const templates = [...new Set(operations.map(({ template }) => template))].sort(compare);
  const taken = new Set<string>();
  const schemes = new Map(
    operations.flatMap(({ credentials }) =>
      [...credentials].map(([id, { scheme }]) => [id, scheme] as const),
    ),
  );
  const paths = templates.map((template) => {
    const here = operations.filter((one) => one.template === template);
    return [template, pathObject(here, main, taken)] as const;
  });
  return {
    openapi: '3.1.0',
    info: {
      title: main === '' ? 'Captured API' : `API of ${main.replace(/^[a-z]+:\/\//i, '')}`,
      version: '1.0.0',
      description: `Endpoints as they were seen in captured traffic, by Sluice ${creatorVersion}. What was not called is not here.`,
    },
    ...(main === '' ? {} : { servers: [{ url: main }] }),
    paths: Object.fromEntries(paths),
    ...(schemes.size > 0
      ? {
          components: { securitySchemes: Object.fromEntries([...schemes].sort(([a], [b]) => compare(a, b))) },
        }
      : {}),
  };
}

async function documentOf(
  sessions: AsyncIterable<FullSession>,
  { losses, creatorVersion }: WriteOptions,
): Promise<object> {
  losses.addToFile('values, timings and order: endpoints alone are written');
  const endpoints = new Endpoints(losses);
  for await (const full of sessions) await endpoints.add(full);
  return openApiDocument(endpoints.operations, creatorVersion);
}

export const OPENAPI_FORMAT: Format = {
  id: 'openapi',
  title: 'OpenAPI 3.1 of the endpoints (JSON)',
  extensions: ['.openapi.json'],
  mediaType: 'application/json',
  exporter: {
    async *write(sessions, options): AsyncGenerator<string> {
      yield `${JSON.stringify(await documentOf(sessions, options), undefined, 2)}\n`;
    },
  },
};

export const OPENAPI_YAML_FORMAT: Format = {
  id: 'openapi-yaml',
  title: 'OpenAPI 3.1 of the endpoints (YAML)',
  extensions: ['.yaml', '.yml'],
  mediaType: 'application/yaml',
  exporter: {
    async *write(sessions, options): AsyncGenerator<string> {
      const document = await documentOf(sessions, options);
      const { stringify } = await import('yaml');
      yield stringify(document, { aliasDuplicateObjects: false });
    },
  },
};
