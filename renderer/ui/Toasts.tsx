/** Where toasts appear; once per window. F6 moves the focus to them. */
import { Toast } from '@base-ui/react/toast';
import { CircleAlert, CircleCheck, Info, X } from 'lucide-react';
import { commonText } from '../text/common.ts';
import styles from './Toasts.module.css';
import { toastManager } from './toast.ts';

const ICONS = { ok: CircleCheck, err: CircleAlert, info: Info };

function List() {
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => {
    const tone = toast.type === 'ok' || toast.type === 'err' ? toast.type : 'info';
    const Icon = ICONS[tone];
    return (
      <Toast.Root key={toast.id} toast={toast} className={styles.toast} data-tone={tone}>
        <Icon size={16} className={styles.icon} aria-hidden="true" />
        <Toast.Content className={styles.content}>
          <Toast.Title className={styles.title} />
          <Toast.Description className={styles.detail} />
        </Toast.Content>
        {toast.actionProps ? <Toast.Action className={styles.action} /> : null}
        <Toast.Close className={styles.close} aria-label={commonText.close}>
          <X size={14} />
        </Toast.Close>
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
