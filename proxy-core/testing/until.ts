/** Waits for what no event tells of. */
const PATIENCE_MS = 10_000;
const LOOK_MS = 5;

/** Resolves when `test` holds; rejects, with what `state` says then, when patience runs out. */
export async function until(test: () => boolean, state: () => string): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!test()) {
    if (performance.now() > end) throw new Error(`not in time: ${state()}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
