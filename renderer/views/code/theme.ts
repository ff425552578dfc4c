/** The editor's theme, made from the workbench's own colours, so that both change together. */
import { editor } from 'monaco-editor/editor';

/** What the browser makes of a colour token in the theme in force, as #rrggbb. */
function colorOf(probe: HTMLElement, token: string): string {
  probe.style.color = `var(${token})`;
  const numbers = getComputedStyle(probe).color.match(/[\d.]+/g) ?? [];
  return `#${numbers
    .slice(0, 3)
    .map((one) => Math.round(Number(one)).toString(16).padStart(2, '0'))
    .join('')}`;
}

function applyTheme(): void {
  const probe = document.createElement('span');
  probe.hidden = true;
  // Where the system forces its colours, what is asked for here are ours.
  probe.style.setProperty('forced-color-adjust', 'none');
  document.body.append(probe);
  const color = (token: string) => colorOf(probe, token);
  const background = color('--bg');
  const dark = Number.parseInt(background.slice(1, 3), 16) < 128;
  const rule = (token: string, name: string) => ({ token, foreground: color(name).slice(1) });
  // Colour means something here, and how deep a bracket stands is not it.
  const brackets = Object.fromEntries(
    [1, 2, 3, 4, 5, 6].map((level) => [`editorBracketHighlight.foreground${level}`, color('--tx2')]),
  );
  editor.defineTheme('sluice', {
    base: dark ? 'vs-dark' : 'vs',
    inherit: false,
    rules: [
      rule('', '--tx'),
      rule('key', '--acc'),
      rule('string', '--code'),
      rule('number', '--info'),
      rule('keyword', '--vio'),
      rule('delimiter', '--tx2'),
      rule('comment', '--tx3'),
      rule('tag', '--acc'),
      rule('metatag', '--tx2'),
      rule('attribute.name', '--info'),
      rule('attribute.value', '--code'),
      rule('attribute.value.number', '--code'),
      rule('attribute.value.unit', '--code'),
      rule('regexp', '--err'),
      rule('type', '--acc'),
    ],
    colors: {
      'editor.background': background,
      'editor.foreground': color('--tx'),
      'editorLineNumber.foreground': color('--tx3'),
      'editorLineNumber.activeForeground': color('--tx2'),
      'editor.lineHighlightBackground': color('--hover'),
      'editor.lineHighlightBorder': '#00000000',
      'editor.selectionBackground': `${color('--acc')}44`,
      'editor.inactiveSelectionBackground': `${color('--acc')}22`,
      'editor.findMatchBackground': `${color('--warn')}66`,
      'editor.findMatchHighlightBackground': `${color('--warn')}33`,
      'editorCursor.foreground': color('--acc'),
      'editorIndentGuide.background1': color('--line'),
      'editorIndentGuide.activeBackground1': color('--line2'),
      ...brackets,
      'editorBracketHighlight.unexpectedBracket.foreground': color('--tx2'),
      'editorBracketMatch.background': '#00000000',
      'editorBracketMatch.border': color('--line2'),
      'editorWidget.background': color('--bg1'),
      'editorWidget.border': color('--line2'),
      'input.background': color('--bg'),
      'input.border': color('--line2'),
      focusBorder: color('--acc'),
      'scrollbarSlider.background': `${color('--tx3')}44`,
      'scrollbarSlider.hoverBackground': `${color('--tx3')}66`,
      'scrollbarSlider.activeBackground': `${color('--tx3')}88`,
      'scrollbar.shadow': '#00000000',
    },
  });
  probe.remove();
  editor.setTheme('sluice');
}

let following = false;

/** Follows the workbench's theme from the first call on. */
export function followTheme(): void {
  if (following) return;
  following = true;
  applyTheme();
  new MutationObserver(applyTheme).observe(document.documentElement, {
    attributeFilter: ['data-theme', 'data-contrast'],
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', applyTheme);
}
