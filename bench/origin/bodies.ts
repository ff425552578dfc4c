/** What the origin serves. The small ones are JSON, as APIs send it and as a debugging proxy's checks read it; the large ones are opaque. */
import { randomBytes } from 'node:crypto';
import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Path → length in bytes. */
export const BODY = { '/1k': 1024, '/100k': 102_400, '/10m': 10_485_760, '/1g': 1_000_000_000 } as const;
export type BodyPath = keyof typeof BODY;

/** JSON of exactly `length` bytes: a list of orders. */
export function jsonBody(length: number): string {
  const opening = '{"orders":[';
  const closing = '],"note":"';
  const end = '"}';
  const orders: string[] = [];
  let used = opening.length + closing.length + end.length;
  for (let id = 1; ; id += 1) {
    const order = `${id > 1 ? ',' : ''}{"id":${id},"status":"shipped","total":${(id * 7919) % 100_000},"currency":"EUR"}`;
    if (used + order.length > length) break;
    orders.push(order);
    used += order.length;
  }
  return opening + orders.join('') + closing + 'x'.repeat(length - used) + end;
}

/** Writes those that come from files into `folder`. The largest is a hole: it takes no room, and costs the origin the same. */
export async function writeBodies(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, '100k'), jsonBody(BODY['/100k']));
  await writeFile(join(folder, '10m'), randomBytes(BODY['/10m']));
  await using file = await open(join(folder, '1g'), 'w');
  await file.truncate(BODY['/1g']);
}
