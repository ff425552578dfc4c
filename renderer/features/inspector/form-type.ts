/** Whether a message's body is a form, and of which kind. */
import { type Headers, headerValue, parseMediaType } from '#model/headers.ts';

export type FormType =
  | { readonly kind: 'urlencoded' }
  | { readonly kind: 'multipart'; readonly boundary: string }
  | undefined;

export function formTypeOf(headers: Headers): FormType {
  const type = parseMediaType(headerValue(headers, 'content-type'));
  if (type?.essence === 'application/x-www-form-urlencoded') return { kind: 'urlencoded' };
  const boundary = type?.parameters.get('boundary');
  return type?.essence === 'multipart/form-data' && boundary ? { kind: 'multipart', boundary } : undefined;
}

export const isForm = (headers: Headers): boolean => formTypeOf(headers) !== undefined;
