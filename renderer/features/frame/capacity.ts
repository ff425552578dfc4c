/** When the status bar speaks up: a limit that is near, a disk that fills, checks that fall behind. Pure. */
import type { AppStatus, CheckStatus } from '#model/contract/contract.ts';
import { formatSize } from '../../text/format.ts';
import { frameText } from '../../text/frame.ts';

/** Share of a limit from which on it is near. */
const NEAR = 0.9;
const LITTLE_BYTES = 2_000_000_000;
const MUCH_WAITING = 200;
const LONG_BEHIND_MS = 3000;

export interface CapacityWarning {
  readonly text: string;
  readonly help: string;
}

type Held = Pick<AppStatus, 'sessions' | 'diskBytes' | 'freeBytes' | 'retention' | 'losses'>;

/** The gravest; undefined while there is room. What is dropped already is told by itself. */
export function capacityWarning(status: Held): CapacityWarning | undefined {
  const { freeBytes, retention, losses } = status;
  if (freeBytes !== undefined && freeBytes < LITTLE_BYTES)
    return { text: frameText.free(formatSize(freeBytes)), help: frameText.freeHelp };
  if (losses.droppedSessions > 0) return undefined;
  const { keepBytes, keepLast } = retention;
  if (keepBytes !== undefined && status.diskBytes >= keepBytes * NEAR)
    return { text: frameText.nearBytes, help: frameText.nearHelp };
  if (keepLast !== undefined && status.sessions >= keepLast * NEAR)
    return { text: frameText.nearSessions, help: frameText.nearHelp };
  return undefined;
}

/** More than a moment's worth of sessions waits for the checks. */
export const isBehind = ({ waiting, behindMs }: Pick<CheckStatus, 'waiting' | 'behindMs'>): boolean =>
  waiting > 0 && (waiting >= MUCH_WAITING || behindMs >= LONG_BEHIND_MS);
