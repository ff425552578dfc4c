/** How a run listens and sends on, as the workbench shows it. What may be secret in it is not in it. */
import * as z from 'zod';

/** How this run listens and sends on; decided at its start. Lists are of host patterns, but for the files. */
export const EngineSettingsInfo = z.object({
  listensOn: z.string(),
  /** Others in the network can use the proxy. */
  lan: z.boolean(),
  asksPassword: z.boolean(),
  /** Without credentials; empty: origins are reached directly. */
  upstreamProxies: z.array(z.string()),
  bypass: z.array(z.string()),
  passthrough: z.array(z.string()),
  passRefused: z.boolean(),
  minTls: z.string(),
  clientCertificates: z.array(z.string()),
  upstreamCaFiles: z.array(z.string()),
  http2: z.string(),
  stripAltSvc: z.boolean(),
  lenient: z.array(z.string()),
});
export type EngineSettingsInfo = z.infer<typeof EngineSettingsInfo>;
