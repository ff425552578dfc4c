/** Which tab of the inspector is open, kept from session to session, and which evidence it has been asked to show. No I/O. */
import { create } from 'zustand';
import type { Evidence } from '#model/finding.ts';
import type { SessionId } from '#model/session.ts';

export const INSPECTOR_TABS = [
  'overview',
  'headers',
  'request',
  'response',
  'messages',
  'findings',
  'cookies',
  'query',
  'auth',
  'timing',
  'tls',
  'raw',
  'hex',
] as const;
export type InspectorTab = (typeof INSPECTOR_TABS)[number];

export interface ShownEvidence {
  readonly sessionId: SessionId;
  readonly evidence: Evidence;
  /** Asking twice for the same place counts. */
  readonly stamp: number;
}

export interface InspectorState {
  readonly tab: InspectorTab;
  readonly shown: ShownEvidence | undefined;
  showTab(tab: InspectorTab): void;
  /** Opens the tab that holds the evidence and marks it there. */
  showEvidence(sessionId: SessionId, evidence: Evidence): void;
}

/** Bodies and messages have tabs; heads are counted as sent, which is how Raw shows them. */
export function tabOfEvidence({ part }: Evidence): InspectorTab {
  if (part === 'message') return 'messages';
  if (part === 'request-body') return 'request';
  return part === 'response-body' ? 'response' : 'raw';
}

export const useInspector = create<InspectorState>()((set) => ({
  tab: 'response',
  shown: undefined,
  showTab: (tab) => set({ tab }),
  showEvidence: (sessionId, evidence) =>
    set((old) => ({
      tab: tabOfEvidence(evidence),
      shown: { sessionId, evidence, stamp: (old.shown?.stamp ?? 0) + 1 },
    })),
}));
