/** Time that this process really worked, for tests of how long something takes: a loaded machine makes it no longer. */

/** Answers, when asked, how many milliseconds of a processor were used since. */
export function cpuTime(): () => number {
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
}
