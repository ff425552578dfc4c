/** Words that more than one feature says. Each feature has its own catalogue beside this one. */
export const commonText = {
  close: 'Close',
  back: 'Back',
  cancel: 'Cancel',
  copy: 'Copy',
  copied: 'Copied',
  undo: 'Undo',
  loading: 'Loading…',
  retry: 'Try again',
  notifications: 'Notifications',
} as const;
