/** What the actions of connecting are called, and say. */
export const connectActionText = {
  stripAltSvc: 'Keep browsers off HTTP/3 (take Alt-Svc out of responses)',
  ruleName: 'Keep browsers on the proxy',
  ruleNote: 'Alt-Svc tells browsers that they may use HTTP/3, which goes around an HTTP proxy.',
  stripped: 'A rule takes Alt-Svc out of responses now',
  strippedDetail:
    'Browsers remember offers they have had: clear their cache, or use a fresh profile. It stands in Rules.',
} as const;
