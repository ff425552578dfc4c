/** Says something at the window's corner without taking the focus. Usable from actions: no component is needed. */
import { Toast } from '@base-ui/react/toast';

export const toastManager = Toast.createToastManager();

export interface ToastOptions {
  readonly tone?: 'info' | 'ok' | 'err';
  readonly detail?: string | undefined;
  /** One thing the user can do about it, as undo. */
  readonly action?: { readonly label: string; readonly run: () => void };
  /** Milliseconds; 0 keeps it until closed. Default 5,000, errors 10,000. */
  readonly timeout?: number;
  readonly onClose?: () => void;
}

/** Shows a toast and returns a function that closes it. */
export function toast(title: string, options: ToastOptions = {}): () => void {
  const { tone = 'info', detail, action, timeout, onClose } = options;
  const id = toastManager.add({
    title,
    type: tone,
    timeout: timeout ?? (tone === 'err' ? 10_000 : 5000),
    priority: tone === 'err' ? 'high' : 'low',
    ...(detail === undefined ? {} : { description: detail }),
    ...(onClose ? { onClose } : {}),
    ...(action
      ? {
          actionProps: {
            children: action.label,
            onClick: () => {
              action.run();
              toastManager.close(id);
            },
          },
        }
      : {}),
  });
  return () => toastManager.close(id);
}
