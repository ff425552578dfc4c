/**
 * A component that is fetched when it is first shown, or before: once it is there it is drawn at once. React's own `lazy` always waits a turn,
 * and then for as long as it keeps fallbacks from flickering, in which keys that a person types would be lost.
 */
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';

export interface Preloadable<P> {
  readonly Component: LazyExoticComponent<ComponentType<P>>;
  /** Fetches it; a failure is told when it is shown. */
  preload(): void;
}

export function preloadable<P>(load: () => Promise<ComponentType<P>>): Preloadable<P> {
  let loaded: { readonly default: ComponentType<P> } | undefined;
  const fetched = async () => {
    loaded = { default: await load() };
    return loaded;
  };
  return {
    Component: lazy(() => {
      const here = loaded;
      if (here === undefined) return fetched();
      // What calls back at once is taken at once.
      const atOnce: PromiseLike<typeof here> = {
        // biome-ignore lint/suspicious/noThenProperty: React takes a thenable, and that it is no promise is the point
        then: (resolve) => {
          resolve?.(here);
          return atOnce as never;
        },
      };
      return atOnce as Promise<typeof here>;
    }),
    preload: () => void fetched().catch(() => undefined),
  };
}
