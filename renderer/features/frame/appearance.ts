/** Puts the chosen theme and density into force, and the contrast that the system asks for: on the page, and for what surrounds it. */
import type { App } from '../../app.ts';
import { densityOf, themeOf, usePreferences } from '../../state/preferences.ts';

interface Root {
  readonly dataset: { theme?: string; density?: string; contrast?: string };
}

/** What is needed of a MediaQueryList. */
export interface Media {
  readonly matches: boolean;
  addEventListener(type: 'change', listener: () => void): void;
  removeEventListener(type: 'change', listener: () => void): void;
}

/** Forced colours are the strongest wish for contrast there is. */
const systemContrast = (): Media[] =>
  typeof matchMedia === 'undefined'
    ? []
    : [matchMedia('(prefers-contrast: more)'), matchMedia('(forced-colors: active)')];

/** Follows the choices and the system until the returned function is called. */
export function applyAppearance(
  { platform }: Pick<App, 'platform'>,
  root: Root = document.documentElement,
  contrast: readonly Media[] = systemContrast(),
): () => void {
  let told: string | undefined;
  const apply = () => {
    const state = usePreferences.getState();
    const theme = themeOf(state);
    if (theme === 'system') delete root.dataset.theme;
    else root.dataset.theme = theme;
    root.dataset.density = densityOf(state);
    if (contrast.some(({ matches }) => matches)) root.dataset.contrast = 'more';
    else delete root.dataset.contrast;
    if (theme === told) return;
    told = theme;
    // The page is right all the same when the title bar is not.
    platform.setTheme(theme).catch(() => undefined);
  };
  apply();
  for (const media of contrast) media.addEventListener('change', apply);
  const stop = usePreferences.subscribe(apply);
  return () => {
    stop();
    for (const media of contrast) media.removeEventListener('change', apply);
  };
}
