/** How a session stands, in words. */
export const statusText = {
  waiting: 'Waiting for the response',
  active: 'In progress',
  completed: 'Completed',
  'client-aborted': 'The client aborted it',
  'server-aborted': 'The server aborted it',
  failed: 'Failed',
} as const;
