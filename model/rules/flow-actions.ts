/** Definitions of the actions about time, the way taken, and what is noted of a session. */
import * as z from 'zod';
import { Side } from './parts.ts';
import { NETWORK_PRESET_NAMES } from './throttle.ts';

/** A day: whoever wants more wants `hang`. */
const MAX_DELAY_MS = 86_400_000;

export const Delay = z.strictObject({
  action: z.literal('delay'),
  in: Side.optional(),
  ms: z.number().min(0).max(MAX_DELAY_MS),
});
/** A preset, or what is given of the four; what is given goes before the preset. Octets a second, ms, share of pieces. */
export const Throttle = z
  .strictObject({
    action: z.literal('throttle'),
    preset: z.enum(NETWORK_PRESET_NAMES).optional(),
    down: z.number().min(16).optional(),
    up: z.number().min(16).optional(),
    latency: z.number().min(0).max(60_000).optional(),
    loss: z.number().min(0).max(0.9).optional(),
  })
  .refine(
    ({ action: _, ...given }) => Object.keys(given).length > 0,
    'Give a preset, or down, up, latency or loss.',
  );

/** `messages`: of a WebSocket, or of an event stream. */
export const BreakAt = z.enum(['request', 'response', 'both', 'messages']);
export type BreakAt = z.infer<typeof BreakAt>;
export const Break = z.strictObject({
  action: z.literal('break'),
  at: BreakAt.optional(),
  /** Seconds after which it goes on unchanged. */
  limit: z.number().gt(0).max(86_400).optional(),
});

export const MarkAction = z.strictObject({ action: z.literal('mark'), mark: z.int().min(0).max(5) });
export const Comment = z.strictObject({ action: z.literal('comment'), text: z.string().min(1).max(10_000) });
export const Hide = z.strictObject({ action: z.literal('hide') });
export const NoDecrypt = z.strictObject({ action: z.literal('no-decrypt') });
/** `http://`, `https://` or `socks5://[user:password@]host:port`, or `direct`. */
export const UpstreamProxyAction = z.strictObject({
  action: z.literal('upstream-proxy'),
  proxy: z.string().min(1),
});
/** PEM with certificate and key, or PKCS#12. */
export const ClientCertificateAction = z.strictObject({
  action: z.literal('client-certificate'),
  file: z.string().min(1),
  passphrase: z.string().optional(),
});
/** No later rule is looked at for this session. */
export const Stop = z.strictObject({ action: z.literal('stop') });

/** A script (docs/scripts.md), whose hooks for requests, responses and messages are called for what the rule matches. */
export const RunScript = z.strictObject({ action: z.literal('run-script'), file: z.string().min(1) });
