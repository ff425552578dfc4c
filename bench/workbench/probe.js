/*
 * Runs in the measured page from its beginning: keeps when frames were drawn, which tasks were long, and what the list showed. It looks at
 * the page only after a frame has been drawn, so what it sees has been seen. Plain JavaScript: the page takes it as it is.
 */
(() => {
  const epoch = () => performance.timeOrigin + performance.now();
  const rows = () => [...document.querySelectorAll('[role=row][data-index]')];
  /** The highest number of a finished session of the live feed that stands in the list. */
  const newestLive = () =>
    rows().reduce((most, row) => {
      const text = row.textContent ?? '';
      const number = Number(/\/live\/(\d+)/.exec(text)?.[1] ?? 0);
      return /GET\s*200/.test(text) ? Math.max(most, number) : most;
    }, 0);

  const probe = {
    frames: [],
    longTasks: [],
    seen: [],
    watching: undefined,
    firstRows: undefined,
    /** Starts the lists anew. */
    reset() {
      probe.frames = [];
      probe.longTasks = [];
      probe.seen = [];
    },
    /** Resolves with the ms from now to the first frame whose rows all hold one of the texts. */
    until(texts) {
      const from = performance.now();
      return new Promise((resolve) => {
        probe.watching = () => {
          const shown = rows().map((row) => (row.textContent ?? '').toLowerCase());
          if (shown.length === 0 || !shown.every((text) => texts.some((one) => text.includes(one)))) return;
          probe.watching = undefined;
          resolve(performance.now() - from);
        };
      });
    },
  };
  window.sluiceProbe = probe;

  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) probe.longTasks.push([startTime, duration]);
  }).observe({ type: 'longtask', buffered: true });

  let newest = 0;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    if (probe.firstRows === undefined && rows().some((row) => row.getAttribute('aria-busy') === 'false'))
      probe.firstRows = performance.now();
    probe.watching?.();
    const number = newestLive();
    if (number > newest) {
      newest = number;
      probe.seen.push([number, epoch()]);
    }
  };
  const onFrame = () => {
    probe.frames.push(performance.now());
    // A message of this frame is handled once it has been drawn.
    port2.postMessage(0);
    requestAnimationFrame(onFrame);
  };
  requestAnimationFrame(onFrame);
})();
