/**
 * The part of Monaco that the workbench uses, loaded on demand: the editor, find, folding and a few small helpers; no language services, whose
 * workers would parse captured content for completions nobody asked for. Its one worker comes from our own origin, as the page's policy wants.
 */
import { editor } from 'monaco-editor/editor';
import 'monaco-editor/features/bracketMatching/register';
import 'monaco-editor/features/caretOperations/register';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/codeEditor/register';
import 'monaco-editor/features/cursorUndo/register';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/folding/register';
import 'monaco-editor/features/linesOperations/register';
import 'monaco-editor/features/longLinesHelper/register';
import 'monaco-editor/features/multicursor/register';
import 'monaco-editor/features/readOnlyMessage/register';
import 'monaco-editor/features/toggleTabFocusMode/register';
import 'monaco-editor/features/unicodeHighlighter/register';
import 'monaco-editor/features/wordOperations/register';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import './languages.ts';
import { followTheme } from './theme.ts';

globalThis.MonacoEnvironment = { getWorker: () => new EditorWorker() };
followTheme();

/** Options for every editor here: captured text is data, so nothing in it is a link, a colour or a completion, and what is typed is what is sent. */
export const EDITOR_OPTIONS: editor.IStandaloneEditorConstructionOptions = {
  autoClosingBrackets: 'never',
  autoClosingQuotes: 'never',
  autoSurround: 'never',
  automaticLayout: true,
  colorDecorators: false,
  contextmenu: false,
  fixedOverflowWidgets: true,
  folding: true,
  fontFamily: "'JetBrains Mono Variable', 'JetBrains Mono', ui-monospace, monospace",
  fontLigatures: false,
  fontSize: 12.5,
  glyphMargin: false,
  hover: { enabled: 'off' },
  lineDecorationsWidth: 8,
  lineHeight: 20,
  lineNumbersMinChars: 4,
  links: false,
  matchBrackets: 'near',
  maxTokenizationLineLength: 20_000,
  minimap: { enabled: false },
  occurrencesHighlight: 'off',
  hideCursorInOverviewRuler: true,
  overviewRulerBorder: false,
  overviewRulerLanes: 0,
  padding: { top: 8, bottom: 8 },
  quickSuggestions: false,
  renderControlCharacters: true,
  renderLineHighlight: 'none',
  scrollBeyondLastLine: false,
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, alwaysConsumeMouseWheel: false },
  selectionHighlight: false,
  smoothScrolling: false,
  stopRenderingLineAfter: 10_000,
  suggestOnTriggerCharacters: false,
  unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: true, nonBasicASCII: false },
  unusualLineTerminators: 'off',
  wordBasedSuggestions: 'off',
};

export { editor };
