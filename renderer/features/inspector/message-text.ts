/** Messages in few words: what kind, how they begin, what is special about them. */
import type { Message } from '#model/session.ts';
import { formatDuration, formatSize } from '../../text/format.ts';
import { inspectorText } from './text.ts';

const PREVIEW_BYTES = 300;

/** "binary", "close code 1000"; of a server-sent event its type. */
export function messageSummary({
  opcode,
  closeCode,
  event,
}: Pick<Message, 'opcode' | 'closeCode' | 'event'>): string {
  if (event) return event.type;
  const kind = inspectorText.messageKinds[opcode] ?? `opcode ${opcode}`;
  return closeCode === undefined ? kind : `${kind} ${inspectorText.closeCode(closeCode)}`;
}

/** Whether the kind is worth a word in a list: plain text, and events of the usual type, go without saying. */
export const isPlainMessage = ({ opcode, event }: Pick<Message, 'opcode' | 'event'>): boolean =>
  opcode === 1 && (event === undefined || event.type === 'message');

/** What else there is to say: its id, how long to wait before coming back, frames, size on the wire. */
export function messageFacts({ data, fragments, wireSize, compressed, event }: Message): string[] {
  const facts: string[] = [formatSize(data.length)];
  if (event?.id !== undefined) facts.push(inspectorText.eventId(event.id));
  if (event?.retry !== undefined) facts.push(inspectorText.eventRetry(formatDuration(event.retry)));
  if (fragments !== undefined && fragments > 1) facts.push(inspectorText.frames(fragments));
  if (compressed && wireSize !== undefined) facts.push(inspectorText.compressedFrom(formatSize(wireSize)));
  else if (compressed) facts.push(inspectorText.compressed);
  else if (wireSize !== undefined && wireSize !== data.length)
    facts.push(inspectorText.onTheWire(formatSize(wireSize)));
  return facts;
}

/** The beginning as text, or as hexadecimal for binary messages. A close frame shows its reason, without the code. */
export function messagePreview(message: Pick<Message, 'opcode' | 'data' | 'closeCode'>): string {
  const start = messageContent(message).subarray(0, PREVIEW_BYTES);
  if (message.opcode !== 2) return new TextDecoder().decode(start, { stream: true });
  return Array.from(start.subarray(0, 64), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

/** The message without a close frame's code, which engines may or may not leave in the data. */
export function messageContent({
  opcode,
  data,
  closeCode,
}: Pick<Message, 'opcode' | 'data' | 'closeCode'>): Uint8Array<ArrayBuffer> {
  const coded = opcode === 8 && closeCode !== undefined && startsWithCode(data, closeCode);
  return coded ? data.subarray(2) : data;
}

const startsWithCode = (data: Uint8Array, code: number) => ((data[0] ?? 0) << 8) + (data[1] ?? 0) === code;
