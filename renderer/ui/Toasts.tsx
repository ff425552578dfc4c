/** Where toasts appear; once per window. F6 moves the focus to them. */
import { Toast } from '@base-ui/react/toast';
import { CircleAlert, CircleCheck, Info, LoaderCircle, X } from 'lucide-react';
import { commonText } from '../text/common.ts';
import { Progress } from './Progress.tsx';
import styles from './Toasts.module.css';
import type { TaskData } from './task.ts';
import { toastManager } from './toast.ts';

const ICONS = { ok: CircleCheck, err: CircleAlert, info: Info, task: LoaderCircle };
type Tone = keyof typeof ICONS;

const toneOf = (type: string | undefined): Tone =>
  type !== undefined && Object.hasOwn(ICONS, type) ? (type as Tone) : 'info';

function List() {
  const { toasts } = Toast.useToastManager<TaskData>();
  return toasts.map((toast) => {
    const tone = toneOf(toast.type);
    const Icon = ICONS[tone];
    return (
      <Toast.Root key={toast.id} toast={toast} className={styles.toast} data-tone={tone}>
        <Icon size={16} className={styles.icon} aria-hidden="true" />
        <Toast.Content className={styles.content}>
          <Toast.Title className={styles.title} />
          <Toast.Description className={styles.detail} />
          {tone === 'task' && toast.data ? (
            <Progress label={String(toast.title)} labelHidden value={toast.data.progress} />
          ) : null}
        </Toast.Content>
        {toast.actionProps ? <Toast.Action className={styles.action} /> : null}
        {tone === 'task' ? null : (
          <Toast.Close className={styles.close} aria-label={commonText.close}>
            <X size={14} />
          </Toast.Close>
        )}
      </Toast.Root>
    );
  });
}

export function Toasts() {
  return (
    <Toast.Provider toastManager={toastManager} limit={4}>
      <Toast.Portal>
        <Toast.Viewport className={styles.viewport} aria-label={commonText.notifications}>
          <List />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}
