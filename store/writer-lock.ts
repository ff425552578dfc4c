/**
 * `writer.lock`: which process writes a capture. A lock whose owner is gone is taken over. Process ids are used again, after a restart
 * of the machine above all, so where the system tells (Linux) the lock also holds when its owner started.
 */
import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { SluiceError } from '#model/errors.ts';

/** Boot and clock ticks of a process's start (proc_pid_stat(5), field 22); empty where the system does not tell. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field, the program's name, may contain spaces and parentheses.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${ticks}`;
  } catch {
    return '';
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function readLock(path: string): string | undefined {
  // Asked for each session that is read, mostly in vain: an error costs far more than this look.
  if (!existsSync(path)) return undefined;
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** The process that holds a lock with this text, if it is alive. */
function liveOwner(text: string): number | undefined {
  const [pidText = '', start = ''] = text.trim().split(' ');
  const pid = Number(pidText);
  if (!Number.isInteger(pid) || pid <= 0 || !exists(pid)) return undefined;
  return start === '' || start === startOf(pid) ? pid : undefined;
}

/** The living process that writes this capture; undefined when there is none. */
export function writerOf(folder: string): number | undefined {
  const text = readLock(join(folder, 'writer.lock'));
  return text === undefined ? undefined : liveOwner(text);
}

/** Takes the lock; disposing gives it back. @throws SluiceError `capture-in-use` naming the process that writes. */
export function lockWriter(folder: string): Disposable {
  const path = join(folder, 'writer.lock');
  const suffix = `${process.pid}-${threadId}`;
  const own = join(folder, `writer.lock.${suffix}`);
  const stolen = join(folder, `writer.lock.${suffix}.old`);
  const inUse = (pid: number) =>
    new SluiceError(
      'capture-in-use',
      `Process ${pid} is writing this capture; stop it or choose another capture.`,
    );

  const before = readLock(path);
  const owner = before === undefined ? undefined : liveOwner(before);
  if (owner !== undefined) throw inUse(owner);
  writeFileSync(own, `${process.pid} ${startOf(process.pid)}\n`, { mode: 0o600 });
  try {
    if (before !== undefined) {
      // Another starter may have replaced the dead owner's lock since it was read: what was moved away is looked at again.
      renameSync(path, stolen);
      const moved = liveOwner(readLock(stolen) ?? '');
      if (moved !== undefined) {
        linkSync(stolen, path);
        throw inUse(moved);
      }
    }
    linkSync(own, path);
  } catch (error) {
    if (error instanceof SluiceError) throw error;
    const winner = writerOf(folder);
    if (winner !== undefined) throw inUse(winner);
    throw error;
  } finally {
    rmSync(own, { force: true });
    rmSync(stolen, { force: true });
  }
  return {
    [Symbol.dispose]: () => rmSync(path, { force: true }),
  };
}
