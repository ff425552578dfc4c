/** What stands in the inspector's place before a session is shown there. The inspector's own words are with it. */
export const inspectorFrameText = {
  nothingTitle: 'No session selected',
  nothing: 'Select a session in the list to see its request, response and everything known about them.',
  loading: 'Loading the session…',
} as const;
