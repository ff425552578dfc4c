/** What tabs say. */
export const tabsText = {
  list: 'Views',
  all: 'All sessions',
  part: 'Part of the sessions',
  add: 'New tab',
  close: (name: string) => `Close ${name}`,
  name: 'Name of the tab',
} as const;
