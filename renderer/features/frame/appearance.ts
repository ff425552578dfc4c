/** Puts the chosen theme and density into force: on the page, and for what surrounds it. */
import type { App } from '../../app.ts';
import { densityOf, themeOf, usePreferences } from '../../state/preferences.ts';

interface Root {
  readonly dataset: { theme?: string; density?: string };
}

/** Follows the choices until the returned function is called. */
export function applyAppearance(
  { platform }: Pick<App, 'platform'>,
  root: Root = document.documentElement,
): () => void {
  let told: string | undefined;
  const apply = () => {
    const state = usePreferences.getState();
    const theme = themeOf(state);
    if (theme === 'system') delete root.dataset.theme;
    else root.dataset.theme = theme;
    root.dataset.density = densityOf(state);
    if (theme === told) return;
    told = theme;
    // The page is right all the same when the title bar is not.
    platform.setTheme(theme).catch(() => undefined);
  };
  apply();
  return usePreferences.subscribe(apply);
}
