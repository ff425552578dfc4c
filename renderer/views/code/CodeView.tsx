/**
 * Text in the editor, read-only or editable. The editor's code is fetched when the first one is shown; until then, and if that fails, the
 * text stands there as plain text. Marks are drawn over ranges of the text and the focused one is scrolled to.
 */
import type { editor as MonacoEditor } from 'monaco-editor/editor';
import { useEffect, useRef, useState } from 'react';
import { visibleText } from '../content/display-text.ts';
import type { TextMark } from '../parts/HighlightedText.tsx';
import styles from './CodeView.module.css';
import { hasHugeLine, positionAt } from './position.ts';

type Monaco = typeof import('./monaco.ts');

export interface CodeViewProps {
  readonly text: string;
  readonly language: string;
  readonly label: string;
  readonly wrap?: boolean;
  readonly marks?: readonly TextMark[];
  /** Present: the text can be edited, and this hears of every change. */
  readonly onChange?: (text: string) => void;
}

/** How much of the text stands there while the editor loads. */
const PREVIEW = 20_000;
const NO_MARKS: readonly TextMark[] = [];

export function CodeView({ text, language, label, wrap = false, marks = NO_MARKS, onChange }: CodeViewProps) {
  const host = useRef<HTMLElement>(null);
  const [monaco, setMonaco] = useState<Monaco | undefined>(undefined);
  const [view, setView] = useState<MonacoEditor.IStandaloneCodeEditor | undefined>(undefined);
  const changed = useRef(onChange);
  changed.current = onChange;
  const editable = onChange !== undefined;

  useEffect(() => {
    let current = true;
    // Without the editor the plain text below stays, which is what a failure to fetch it deserves.
    import('./monaco.ts').then(
      (loaded) => current && setMonaco(loaded),
      () => {},
    );
    return () => {
      current = false;
    };
  }, []);

  useEffect(() => {
    if (!monaco || !host.current) return;
    const made = monaco.editor.create(host.current, { ...monaco.EDITOR_OPTIONS, model: null });
    setView(made);
    return () => {
      made.getModel()?.dispose();
      made.dispose();
      setView(undefined);
    };
  }, [monaco]);

  useEffect(() => {
    view?.updateOptions({
      readOnly: !editable,
      domReadOnly: !editable,
      wordWrap: wrap || hasHugeLine(text) ? 'on' : 'off',
      ariaLabel: label,
      tabFocusMode: !editable,
    });
  }, [view, editable, wrap, label, text]);

  useEffect(() => {
    if (!monaco || !view) return;
    const model = view.getModel();
    if (model?.getLanguageId() === language && model.getValue() === text) return;
    const next = monaco.editor.createModel(text, language);
    next.onDidChangeContent(() => changed.current?.(next.getValue()));
    view.setModel(next);
    model?.dispose();
  }, [monaco, view, text, language]);

  useEffect(() => {
    if (!view?.getModel()) return;
    const ranges = marks.map((mark) => {
      const start = positionAt(text, mark.start);
      const end = positionAt(text, mark.end);
      return {
        startLineNumber: start.lineNumber,
        startColumn: start.column,
        endLineNumber: end.lineNumber,
        endColumn: end.column,
      };
    });
    const drawn = view.createDecorationsCollection(
      ranges.map((range) => ({ range, options: { inlineClassName: styles.mark ?? '' } })),
    );
    const focused = ranges[marks.findIndex((mark) => mark.focused === true)];
    if (focused) view.revealRangeInCenter(focused);
    return () => drawn.clear();
  }, [view, marks, text]);

  return (
    <div className={styles.root}>
      <section ref={host} className={styles.editor} aria-label={label} />
      {view ? null : (
        <pre className={styles.preview} aria-busy="true">
          <bdi>{visibleText(text.slice(0, PREVIEW))}</bdi>
        </pre>
      )}
    </div>
  );
}
