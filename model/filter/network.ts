/** Networks in CIDR notation (RFC 4632, RFC 4291 §2.3) and which addresses are in them. IPv4-mapped addresses count as IPv4. */

interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

function ipv4(text: string): bigint | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (match === null) return undefined;
  const parts = match.slice(1).map(Number);
  if (parts.some((part) => part > 255)) return undefined;
  return parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

/** The 16-bit groups of one side of `::`; a dotted end is two of them. */
function groups(text: string): bigint[] | undefined {
  if (text === '') return [];
  const result: bigint[] = [];
  const parts = text.split(':');
  for (const [i, part] of parts.entries()) {
    const dotted = i === parts.length - 1 ? ipv4(part) : undefined;
    if (dotted !== undefined) result.push(dotted >> 16n, dotted & 0xffffn);
    else if (/^[0-9a-f]{1,4}$/i.test(part)) result.push(BigInt(`0x${part}`));
    else return undefined;
  }
  return result;
}

function ipv6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2 || !text.includes(':')) return undefined;
  const [head, tail] = halves.map(groups);
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  const after = tail ?? [];
  const missing = 8 - head.length - after.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  return [...head, ...Array.from({ length: missing }, () => 0n), ...after].reduce(
    (value, group) => (value << 16n) | group,
    0n,
  );
}

function parseAddress(text: string): Address | undefined {
  const plain = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  const four = ipv4(plain);
  if (four !== undefined) return { bits: 32, value: four };
  const six = ipv6(plain);
  if (six === undefined) return undefined;
  return six >> 32n === 0xffffn ? { bits: 32, value: six & 0xffffffffn } : { bits: 128, value: six };
}

/** Whether an address (as text, brackets allowed) is in the network; undefined when `text` is no network. */
export function parseNetwork(text: string): ((address: string) => boolean) | undefined {
  const match = /^([^/]+)\/(\d{1,3})$/.exec(text);
  const base = match === null ? undefined : parseAddress(match[1] ?? '');
  const length = Number(match?.[2]);
  if (base === undefined || length > base.bits) return undefined;
  const shift = BigInt(base.bits - length);
  return (address) => {
    const other = parseAddress(address);
    return other?.bits === base.bits && other.value >> shift === base.value >> shift;
  };
}
