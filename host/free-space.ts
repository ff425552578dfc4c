/** How much room the capture's file system has left, looked at now and then: a full disk is told of before it is full. */
import { statfs } from 'node:fs/promises';

/** Bytes that this user may still write at `path`; undefined where the system does not say. */
export async function freeSpace(path: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(path);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}
