/**
 * Which bodies can be shown as a tree, and by which decoder: one line a structure, the first that applies is taken. What decodes is loaded
 * when it is needed; this list alone is part of the first load.
 */
import { parseMediaType } from '#model/headers.ts';
import type { BodyClass } from '../content/classify.ts';

export type StructureId = 'json' | 'form' | 'multipart' | 'msgpack' | 'cbor' | 'protobuf' | 'grpc';

export interface Structure {
  readonly id: StructureId;
  /** Stands where the kind of body is told, when the classifier knows only "binary". */
  readonly label: string;
  applies(essence: string, body: BodyClass): boolean;
}

const STRUCTURES: readonly Structure[] = [
  { id: 'json', label: 'JSON', applies: (_, { kind, language }) => kind === 'text' && language === 'json' },
  { id: 'form', label: 'Form', applies: (_, { kind, language }) => kind === 'text' && language === 'form' },
  { id: 'multipart', label: 'Multipart', applies: (essence) => essence.startsWith('multipart/') },
  { id: 'msgpack', label: 'MessagePack', applies: (essence) => /[/+](?:x-|vnd\.)?msgpack$/.test(essence) },
  { id: 'cbor', label: 'CBOR', applies: (essence) => /[/+](?:cbor|cose|senml\+cbor)$/.test(essence) },
  {
    id: 'grpc',
    label: 'gRPC',
    applies: (essence) => /^application\/grpc(?:-web)?(?:\+proto)?$/.test(essence),
  },
  {
    id: 'protobuf',
    label: 'Protobuf',
    applies: (essence) => /[/+](?:x-|vnd\.google\.)?protobuf$/.test(essence),
  },
];

/** The structure of a body of this class and declared type; undefined when it has none that is known. */
export function structureOf(contentType: string | undefined, body: BodyClass): Structure | undefined {
  if (body.kind === 'empty') return undefined;
  const essence = parseMediaType(contentType)?.essence ?? '';
  return STRUCTURES.find((structure) => structure.applies(essence, body));
}
