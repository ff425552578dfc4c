/**
 * The proxy settings of the environment, as curl and most programs read them: HTTP_PROXY for http, HTTPS_PROXY for https, ALL_PROXY for
 * both, NO_PROXY for exceptions; lower case wins.
 */
import { SluiceError } from '#model/errors.ts';
import { hostMatcher } from '../host-pattern.ts';
import type { UpstreamProxy, UpstreamSettings } from '../settings.ts';
import { parseProxyUrl } from './proxy-url.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

interface Variable {
  readonly name: string;
  readonly value: string;
}

function variable(env: Environment, name: string): Variable | undefined {
  const found = [name.toLowerCase(), name].find((one) => (env[one] ?? '').trim() !== '');
  return found === undefined ? undefined : { name: found, value: (env[found] ?? '').trim() };
}

/** Says which variable is wrong. */
function reading<Result>(name: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SluiceError)) throw error;
    throw new SluiceError('usage', `The environment variable ${name} cannot be used. ${error.message}`, {
      cause: error,
    });
  }
}

function proxyOf(env: Environment, name: string): UpstreamProxy | undefined {
  const found = variable(env, name);
  return found && reading(found.name, () => parseProxyUrl(found.value));
}

/** A name there, with a leading dot or without, means itself and all below it. */
function bypassPatterns(entry: string): readonly string[] {
  const name = entry.replace(/^\*?\./, '');
  const isName = name !== '*' && !/[*/[\]<]|:.*:|^[\d.]+(?::\d+)?$/.test(name);
  return isName ? [name, `*.${name}`] : [entry];
}

/**
 * What `env` says, ready to be merged into the settings; nothing is set that it does not say.
 * @throws SluiceError `usage` that names the variable.
 */
export function environmentProxy(env: Environment): Pick<UpstreamSettings, 'proxy' | 'proxyFor' | 'bypass'> {
  const [all, http, https] = ['ALL_PROXY', 'HTTP_PROXY', 'HTTPS_PROXY'].map((name) => proxyOf(env, name));
  const none = variable(env, 'NO_PROXY');
  const bypass = (none?.value ?? '')
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .flatMap(bypassPatterns);
  if (none) reading(none.name, () => hostMatcher(bypass));
  return {
    ...(all ? { proxy: all } : {}),
    ...(http || https ? { proxyFor: { ...(http ? { http } : {}), ...(https ? { https } : {}) } } : {}),
    ...(bypass.length > 0 ? { bypass } : {}),
  };
}
