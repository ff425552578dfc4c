/** A body as a tree: what every structure decoder yields and the tree view shows. Types and the words for paths; no decoding. */

/** What a node holds; leaves of kind `bytes` show their beginning as hex. */
export type TreeKind = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null' | 'bytes' | 'error';

export interface TreeNode {
  /** Name in an object, index in an array; undefined for a root. */
  readonly key: string | number | undefined;
  readonly kind: TreeKind;
  /** Of a leaf what it says, of a container what stands beside it (a field's type, a part's file name); as sent. */
  readonly text: string;
  /** Number of children where it is known without making them. */
  readonly count?: number;
  /** Made when asked for; throws an Error whose message says where the data stops making sense. Absent: a leaf. */
  readonly children?: () => readonly TreeNode[];
  /** What copying the value gives, if not `text`. */
  readonly source?: () => string;
}

const PLAIN_NAME = /^[A-Za-z_$][\w$]*$/;

/** The path of keys in JSONPath (RFC 9535): `$.users[0]['first name']`. */
export function jsonPath(keys: readonly (string | number)[]): string {
  const steps = keys.map((key) => {
    if (typeof key === 'number') return `[${key}]`;
    return PLAIN_NAME.test(key) ? `.${key}` : `['${key.replace(/[\\']/g, '\\$&')}']`;
  });
  return `$${steps.join('')}`;
}

const HEX_SHOWN = 32;

/** Bytes in one line: the first as hex, and how many there are. */
export function bytesText(bytes: Uint8Array): string {
  const hex = Array.from(bytes.subarray(0, HEX_SHOWN), (byte) => byte.toString(16).padStart(2, '0')).join(
    ' ',
  );
  return bytes.length > HEX_SHOWN ? `${hex} … (${bytes.length} bytes)` : hex;
}
