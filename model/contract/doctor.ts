/** What the capture doctor says: the part of the contract for it. */
import * as z from 'zod';
import { SessionId } from '../session.ts';
import { stream } from './define.ts';

export const DiagnosisId = z.enum([
  'certificate-not-trusted',
  'certificate-not-everywhere',
  'certificate-pinned',
  'certificate-user-store',
  'certificate-expired',
  'clock-wrong',
  'http3-around',
  'localhost-bypassed',
  'https-not-proxied',
  'nothing-arrives',
  'other-proxy-before',
  'other-proxy-behind',
]);
export type DiagnosisId = z.infer<typeof DiagnosisId>;

/** What can be done about it: shown steps, a rule that is added, a line to start with, a session to look at. */
export const Fix = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('trust') }),
  z.object({ kind: z.literal('recipes') }),
  z.object({ kind: z.literal('open-browser') }),
  z.object({ kind: z.literal('strip-alt-svc') }),
  z.object({ kind: z.literal('command'), text: z.string() }),
  z.object({ kind: z.literal('session'), id: SessionId }),
]);
export type Fix = z.infer<typeof Fix>;

export const Diagnosis = z.object({
  id: DiagnosisId,
  /** `problem`: traffic is missing. `hint`: some may be. */
  severity: z.enum(['problem', 'hint']),
  title: z.string(),
  /** One or two sentences: what was seen, and what it means. */
  text: z.string(),
  /** Whom it concerns, at most ten. */
  hosts: z.array(z.string()),
  fixes: z.array(Fix),
});
export type Diagnosis = z.infer<typeof Diagnosis>;

export const doctorContract = {
  /** What is the matter with this run's traffic, at once and again as it changes. Empty: nothing is known to be. */
  'connect.doctor': stream(z.object({}), z.object({ diagnoses: z.array(Diagnosis) })),
} as const;
