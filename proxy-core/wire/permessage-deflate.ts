/**
 * What two peers agreed on about compressing WebSocket messages (RFC 7692 §7), read from the handshake's answer. The agreement is theirs
 * and passes unchanged; it is read only so that messages can be shown. A parameter that makes no sense is taken for absent: whether to
 * fail the connection is for the peers to decide.
 */

/** How one direction compresses. */
export interface DeflateSide {
  /** Each message is compressed by itself; false: it may point back into the messages before it. */
  readonly noContextTakeover: boolean;
  /** Base-2 logarithm of how far back it may point, 8 to 15. */
  readonly windowBits: number;
}

export interface DeflateAgreement {
  readonly client: DeflateSide;
  readonly server: DeflateSide;
}

type Parameters = ReadonlyMap<string, string>;

/** `name[=value]` pairs; values may be quoted (RFC 6455 §9.1). */
function parametersOf(parts: readonly string[]): Parameters {
  return new Map(
    parts.map((part): [string, string] => {
      const [name = '', value = ''] = part.split('=', 2);
      return [name.trim().toLowerCase(), value.trim().replace(/^"(.*)"$/, '$1')];
    }),
  );
}

function side(name: 'client' | 'server', parameters: Parameters): DeflateSide {
  const bits = parameters.get(`${name}_max_window_bits`) ?? '';
  return {
    noContextTakeover: parameters.has(`${name}_no_context_takeover`),
    windowBits: /^([89]|1[0-5])$/.test(bits) ? Number(bits) : 15,
  };
}

/**
 * Reads the response's Sec-WebSocket-Extensions (RFC 6455 §9.1); several field lines joined by commas. Undefined when permessage-deflate is
 * not among what was agreed on.
 */
export function deflateAgreement(extensions: string | undefined): DeflateAgreement | undefined {
  for (const extension of (extensions ?? '').split(',')) {
    const [name = '', ...rest] = extension.split(';');
    if (name.trim().toLowerCase() !== 'permessage-deflate') continue;
    const parameters = parametersOf(rest);
    return { client: side('client', parameters), server: side('server', parameters) };
  }
  return undefined;
}
