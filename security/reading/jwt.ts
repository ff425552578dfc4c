/** JSON Web Tokens (RFC 7519) of a session, decoded. It verifies nothing. */
import type { Evidence } from '#model/finding.ts';
import { jwtPart } from '#model/secrets/jwt-part.ts';
import type { CheckInput } from '../check.ts';
import { type Parameter, parameters } from './parameters.ts';

export interface Jwt {
  /** Where it was: the parameter it stands in. */
  readonly parameter: Parameter;
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly signed: string;
  readonly signature: string;
  readonly evidence: Evidence;
}

const TOKEN = /(?<![\w.-])(eyJ[\w-]{5,8000}\.eyJ[\w-]{2,16000})\.([\w-]{0,2000})(?![\w-])/g;
const MAX = 50;

const cache = new WeakMap<CheckInput, readonly Jwt[]>();

/** Every token once, where it stood first. */
export function jwtsIn(input: CheckInput): readonly Jwt[] {
  let tokens = cache.get(input);
  if (tokens === undefined) {
    tokens = read(input);
    cache.set(input, tokens);
  }
  return tokens;
}

function read(input: CheckInput): Jwt[] {
  const tokens = new Map<string, Jwt>();
  for (const parameter of parameters(input)) {
    if (!parameter.raw.includes('eyJ')) continue;
    // A cookie stands in its field too; it is named by its own name.
    if (parameter.place === 'header' && /^(?:cookie|set-cookie|referer)$/i.test(parameter.name)) continue;
    for (const found of parameter.raw.matchAll(TOKEN)) {
      const [whole, signed = '', signature = ''] = found;
      const [first = '', second = ''] = signed.split('.');
      const header = jwtPart(first);
      const claims = jwtPart(second);
      if (header === undefined || claims === undefined || tokens.has(whole) || header.enc !== undefined)
        continue;
      const start = parameter.evidence.start + found.index;
      tokens.set(whole, {
        parameter,
        header,
        claims,
        signed,
        signature,
        evidence: { ...parameter.evidence, start, end: start + whole.length },
      });
      if (tokens.size >= MAX) return [...tokens.values()];
    }
  }
  return [...tokens.values()];
}
