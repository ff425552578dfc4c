/** Work in threads a step ahead of whoever takes its results, and no more than a step: what waits is in memory. */

const unheard = (promise: Promise<unknown>) => void promise.catch(() => undefined);

/** What `next` gives until it gives undefined; it is asked again before its answer is used, but not beside an answer that is large. */
export async function* readAhead<T>(
  next: () => Promise<T | undefined>,
  isLarge: (item: T) => boolean,
): AsyncGenerator<T> {
  let coming = next();
  for (let item = await coming; item !== undefined; item = await coming) {
    if (isLarge(item)) {
      yield item;
      coming = next();
    } else {
      coming = next();
      // Whoever leaves off does not hear of it.
      unheard(coming);
      yield item;
    }
  }
}

/** What `work` makes of each item, in order; the next one is given to it before its result is used, but not beside an item that is large. */
export async function* workAhead<T, R>(
  items: AsyncIterable<T>,
  work: (item: T) => Promise<R>,
  isLarge: (item: T) => boolean,
): AsyncGenerator<R> {
  const source = items[Symbol.asyncIterator]();
  const next = async () => {
    const { done, value } = await source.next();
    if (done === true) return undefined;
    const result = work(value);
    unheard(result);
    return { large: isLarge(value), result };
  };
  try {
    for await (const { result } of readAhead(next, ({ large }) => large)) yield await result;
  } finally {
    await source.return?.();
  }
}
