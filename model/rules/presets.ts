/** Rules that people ask for again and again, ready to be added. */
import type { RuleInput } from './rule.ts';

export interface RulePreset {
  readonly id: string;
  readonly label: string;
  /** For requests that pass `filter`; "" is all of them. */
  readonly make: (filter: string) => RuleInput;
}

const preset = (
  id: string,
  label: string,
  actions: RuleInput['actions'],
  when?: (filter: string) => RuleInput['when'],
): RulePreset => ({
  id,
  label,
  make: (filter) => ({
    name: filter === '' ? label : `${label} (${filter})`,
    when: when ? when(filter) : filter,
    actions,
  }),
});

export const RULE_PRESETS: readonly RulePreset[] = [
  preset('no-cache', 'No cache', [
    { action: 'remove-header', name: 'If-Modified-Since' },
    { action: 'remove-header', name: 'If-None-Match' },
    { action: 'set-header', name: 'Cache-Control', value: 'no-cache' },
    { action: 'set-header', in: 'response', name: 'Cache-Control', value: 'no-store' },
    { action: 'remove-header', in: 'response', name: 'Expires' },
    { action: 'remove-header', in: 'response', name: 'ETag' },
  ]),
  preset('allow-cors', 'Allow CORS', [
    { action: 'set-header', in: 'response', name: 'Access-Control-Allow-Origin', value: '*' },
    { action: 'set-header', in: 'response', name: 'Access-Control-Allow-Methods', value: '*' },
    { action: 'set-header', in: 'response', name: 'Access-Control-Allow-Headers', value: '*' },
    { action: 'set-header', in: 'response', name: 'Access-Control-Expose-Headers', value: '*' },
  ]),
  preset('drop-csp', 'Drop CSP', [
    { action: 'remove-header', in: 'response', name: 'Content-Security-Policy' },
    { action: 'remove-header', in: 'response', name: 'Content-Security-Policy-Report-Only' },
  ]),
  preset('offline', 'Offline', [{ action: 'close' }]),
  preset('slow-3g', 'Slow 3G', [{ action: 'throttle', preset: 'slow-3g' }]),
  preset(
    'random-5xx',
    '5xx at random',
    [
      {
        action: 'answer',
        status: 503,
        headers: { 'Retry-After': '1' },
        body: 'Service unavailable, says a rule.\n',
      },
    ],
    (filter) => (filter === '' ? { chance: 0.2 } : { request: filter, chance: 0.2 }),
  ),
  preset('strip-alt-svc', 'Strip Alt-Svc', [{ action: 'remove-header', in: 'response', name: 'Alt-Svc' }]),
];
