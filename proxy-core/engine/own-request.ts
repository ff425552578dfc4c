/** Requests that Sluice itself sends (composer, replay): what can be put on the wire, and as which fields. */
import { validateHeaderName, validateHeaderValue } from 'node:http';
import { SluiceError } from '#model/errors.ts';
import { type HeaderPair, headerValue } from '#model/headers.ts';
import type { OutgoingRequest } from './engine.ts';
import { requestFields } from './fields.ts';
import { parseAbsolute, type Target } from './target.ts';

const METHOD = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** Where `request` goes. @throws SluiceError `bad-url`, `bad-request` or `bad-header` for what cannot be put on the wire. */
export function validateOwn(request: OutgoingRequest): Target {
  const target = parseAbsolute(request.url, request.method);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
  if (!target || /[\u0000-\u0020\u007f]|[^\u0000-\u00ff]/.test(target.path)) {
    throw new SluiceError(
      'bad-url',
      `"${request.url}" is not an http or https URL; correct it and send again.`,
    );
  }
  if (!METHOD.test(request.method) || request.method === 'CONNECT') {
    throw new SluiceError(
      'bad-request',
      `"${request.method}" is not a method that can be sent; use one like GET.`,
    );
  }
  for (const [name, value] of request.headers) {
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    } catch (error) {
      throw new SluiceError('bad-header', `The header "${name}" cannot be sent; correct its name or value.`, {
        cause: error,
      });
    }
  }
  return target;
}

/** The fields as they will be sent: Host when missing, and the length that the body has unless it is sent in chunks. */
export function ownFields(request: OutgoingRequest, target: Target): HeaderPair[] {
  const hostField = headerValue(request.headers, 'host') ?? target.hostField;
  const fields = requestFields(request.headers, hostField);
  const chunked = fields.some(([name]) => name.toLowerCase() === 'transfer-encoding');
  const length: HeaderPair = ['Content-Length', String(request.body.length)];
  if (chunked) return fields.filter(([name]) => name.toLowerCase() !== 'content-length');
  const stated = fields.findIndex(([name]) => name.toLowerCase() === 'content-length');
  if (stated >= 0) {
    return fields
      .filter(([name], index) => index <= stated || name.toLowerCase() !== 'content-length')
      .map((pair, index): HeaderPair => (index === stated ? [pair[0], length[1]] : pair));
  }
  const bodyless = request.body.length === 0 && /^(GET|HEAD|DELETE|OPTIONS|TRACE)$/.test(request.method);
  return bodyless ? fields : [...fields, length];
}
