/**
 * What the shell remembers from run to run: where the window was and which theme it had. A file that is missing or damaged counts as
 * none, and a position that is no longer on any screen is forgotten.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';
import { ThemeSource } from '#model/contract/native-calls.ts';

const Bounds = z.object({ x: z.int(), y: z.int(), width: z.int().positive(), height: z.int().positive() });
/** Screen coordinates in device-independent pixels. */
export type Bounds = z.infer<typeof Bounds>;

const ShellState = z.object({
  bounds: Bounds.optional(),
  maximized: z.boolean().default(false),
  theme: ThemeSource.default('system'),
});
export type ShellState = z.infer<typeof ShellState>;

/** The smallest window that DESIGN's screens are made for is 1280×720 at 200 % zoom: half of it. */
export const MIN_SIZE = { width: 640, height: 360 };
const DEFAULT_SIZE = { width: 1440, height: 900 };
/** As much of a title bar as a hand needs to drag the window back. */
const GRIP = { width: 120, height: 32 };

export function readShellState(file: string): ShellState {
  try {
    return ShellState.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return ShellState.parse({});
  }
}

/** Writes synchronously, because it is called while the window closes. Failing to remember is not worth a message. */
export function writeShellState(file: string, state: ShellState): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(`${file}.tmp`, JSON.stringify(state), { mode: 0o600 });
    renameSync(`${file}.tmp`, file);
  } catch {
    // A full or read-only disk: the next start uses the defaults.
  }
}

const overlap = (a: number, aLength: number, b: number, bLength: number) =>
  Math.min(a + aLength, b + bLength) - Math.max(a, b);

/** `bounds` if their title bar can be reached on one of `areas` (the displays' work areas); else the size alone, at most the first area's. */
export function placeOn(areas: readonly Bounds[], bounds: Bounds | undefined): Partial<Bounds> {
  const size = bounds ?? DEFAULT_SIZE;
  const reachable =
    bounds &&
    areas.some(
      (area) =>
        overlap(bounds.x, bounds.width, area.x, area.width) >= GRIP.width &&
        overlap(bounds.y, GRIP.height, area.y, area.height) >= GRIP.height,
    );
  if (reachable) return bounds;
  const [first = { ...DEFAULT_SIZE }] = areas;
  return { width: Math.min(size.width, first.width), height: Math.min(size.height, first.height) };
}
