/** A long action as a toast: how far it is, a way to stop it, and at the end what came of it. Usable from actions. */
import { commonText } from '../text/common.ts';
import { toastManager } from './toast.ts';

/** What Toasts.tsx draws of a running task; null: nobody knows how far it is. */
export interface TaskData {
  readonly progress: number | null;
}

export interface Task {
  /** Aborted when the user stops it. */
  readonly signal: AbortSignal;
  /** From 0 to 1. */
  progress(value: number | null, detail?: string): void;
  /** Ends it well. */
  done(title: string, options?: TaskEnd): void;
  /** Ends it with a sentence on what went wrong; stays longer. */
  fail(title: string, detail?: string): void;
  /** Takes it away without a word. */
  close(): void;
}

export interface TaskEnd {
  readonly detail?: string | undefined;
  readonly tone?: 'ok' | 'info';
  readonly action?: { readonly label: string; readonly run: () => void };
}

const DONE_MS = 7000;
const FAILED_MS = 15_000;

export function startTask(title: string): Task {
  const stop = new AbortController();
  const id = toastManager.add<TaskData>({
    title,
    type: 'task',
    timeout: 0,
    data: { progress: null },
    actionProps: { children: commonText.cancel, onClick: () => stop.abort() },
  });
  const end = (type: string, text: string, timeout: number, more: TaskEnd) => {
    const { detail, action } = more;
    toastManager.close(id);
    toastManager.add({
      title: text,
      type,
      timeout,
      priority: type === 'err' ? 'high' : 'low',
      ...(detail === undefined ? {} : { description: detail }),
      ...(action ? { actionProps: { children: action.label, onClick: action.run } } : {}),
    });
  };
  return {
    signal: stop.signal,
    progress: (value, detail) =>
      toastManager.update<TaskData>(id, {
        data: { progress: value },
        ...(detail === undefined ? {} : { description: detail }),
      }),
    done: (text, options = {}) => end(options.tone ?? 'ok', text, DONE_MS, options),
    fail: (text, detail) => end('err', text, FAILED_MS, { detail }),
    close: () => toastManager.close(id),
  };
}
