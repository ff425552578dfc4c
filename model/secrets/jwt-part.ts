/** The header or the claims of a JSON Web Token (RFC 7519 §3): base64url of a JSON object. Decodes and verifies nothing. */

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** Undefined when it is none. */
export function jwtPart(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (unit) =>
      unit.charCodeAt(0),
    );
    const value: unknown = JSON.parse(UTF8.decode(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
