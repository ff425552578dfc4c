/**
 * The paths of an OpenAPI document (2.0, 3.0, 3.1), ready to be compared with requests. Reads what it needs and is lenient with the rest;
 * follows no references to other files.
 */

export interface OpenApiOperation {
  /** As in the document: "/orders/{id}". */
  readonly template: string;
  /** Upper case. */
  readonly methods: readonly string[];
}

export interface OpenApiPaths {
  /** Path prefixes of the servers, without a slash at the end; "" among them where one is at the root. */
  readonly bases: readonly string[];
  /** Host names of the servers; empty where they are relative. */
  readonly hosts: readonly string[];
  readonly operations: readonly OpenApiOperation[];
}

const METHODS = /^(?:get|put|post|delete|options|head|patch|trace)$/;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function serversOf(document: Readonly<Record<string, unknown>>): string[] {
  if (Array.isArray(document.servers)) {
    return document.servers.flatMap((server: unknown) =>
      isObject(server) && typeof server.url === 'string' ? [server.url] : [],
    );
  }
  const { host, basePath } = document;
  if (typeof host === 'string') return [`https://${host}${typeof basePath === 'string' ? basePath : ''}`];
  return typeof basePath === 'string' ? [basePath] : [];
}

/** Undefined when the value is no OpenAPI document. */
export function openApiPaths(document: unknown): OpenApiPaths | undefined {
  if (!isObject(document) || !isObject(document.paths)) return undefined;
  if (typeof document.openapi !== 'string' && typeof document.swagger !== 'string') return undefined;
  const bases = new Set<string>();
  const hosts = new Set<string>();
  for (const url of serversOf(document)) {
    const plain = url.replace(/\{[^}]*\}/g, 'x');
    if (!URL.canParse(plain, 'http://relative.invalid')) continue;
    const parsed = new URL(plain, 'http://relative.invalid');
    bases.add(parsed.pathname.replace(/\/$/, ''));
    if (parsed.hostname !== 'relative.invalid' && !url.includes('{')) hosts.add(parsed.hostname);
  }
  const operations = Object.entries(document.paths).flatMap(([template, item]) =>
    isObject(item)
      ? [
          {
            template,
            methods: Object.keys(item)
              .filter((key) => METHODS.test(key))
              .map((key) => key.toUpperCase()),
          },
        ]
      : [],
  );
  return { bases: bases.size > 0 ? [...bases] : [''], hosts: [...hosts], operations };
}

/** Templates are matched segment by segment, so that no pattern is made of what a document says. */
function matches(template: string, path: string): boolean {
  const wanted = template.split('/');
  const given = path.replace(/(?<=.)\/$/, '').split('/');
  return (
    wanted.length === given.length &&
    wanted.every((segment, i) => {
      const brace = segment.indexOf('{');
      const value = given[i] ?? '';
      if (brace < 0) return segment === value;
      const tail = segment.slice(segment.lastIndexOf('}') + 1);
      return (
        value.startsWith(segment.slice(0, brace)) &&
        value.endsWith(tail) &&
        value.length > brace + tail.length
      );
    })
  );
}

/** `method`: the path is known, the method is not. `outside`: it is not below any of the servers' paths. */
export type Conformity = 'known' | 'method' | 'unknown' | 'outside';

/** What the document says of a request; `path` without its query. */
export function conformityOf(paths: OpenApiPaths, method: string, path: string): Conformity {
  let best: Conformity = 'outside';
  for (const base of paths.bases) {
    if (path !== base && !path.startsWith(`${base}/`)) continue;
    const rest = path.slice(base.length) || '/';
    const found = paths.operations.filter(({ template }) => matches(template, rest));
    if (found.some(({ methods }) => methods.includes(method))) return 'known';
    if (found.length > 0) best = 'method';
    else if (best === 'outside') best = 'unknown';
  }
  return best;
}
