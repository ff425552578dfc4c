/** WebSocket messages in one line: what kind, and how they begin. */
import type { Message } from '#model/session.ts';
import { inspectorText } from './text.ts';

const PREVIEW_BYTES = 300;

/** "binary", "close code 1000". */
export function messageSummary({ opcode, closeCode }: Pick<Message, 'opcode' | 'closeCode'>): string {
  const kind = inspectorText.messageKinds[opcode] ?? `opcode ${opcode}`;
  return closeCode === undefined ? kind : `${kind} ${inspectorText.closeCode(closeCode)}`;
}

/** The beginning as text, or as hexadecimal for binary messages. A close frame shows its reason, without the code. */
export function messagePreview({
  opcode,
  data,
  closeCode,
}: Pick<Message, 'opcode' | 'data' | 'closeCode'>): string {
  const content =
    opcode === 8 && closeCode !== undefined && startsWithCode(data, closeCode) ? data.subarray(2) : data;
  const start = content.subarray(0, PREVIEW_BYTES);
  if (opcode !== 2) return new TextDecoder().decode(start, { stream: true });
  return Array.from(start.subarray(0, 64), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

/** Engines may or may not leave the two bytes of the code in the data. */
const startsWithCode = (data: Uint8Array, code: number) => ((data[0] ?? 0) << 8) + (data[1] ?? 0) === code;
