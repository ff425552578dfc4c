/** Where in the inspector a hit is shown: marked in place where the place has a view that marks, else the tab that holds it. */
import type { Evidence, EvidencePart } from '#model/finding.ts';
import type { SearchHit, SearchPart } from '#model/search.ts';
import type { SessionId } from '#model/session.ts';
import { type InspectorTab, useInspector } from '../../state/inspector.ts';

const MARKED: Readonly<Partial<Record<SearchPart, EvidencePart>>> = {
  'request-head': 'request-head',
  'response-head': 'response-head',
  'request-body': 'request-body',
  'response-body': 'response-body',
  message: 'message',
};

/** The hit as a place to mark; undefined where none can be marked. */
export function evidenceOf({ part, index, start, end }: SearchHit): Evidence | undefined {
  const marked = MARKED[part];
  if (marked === undefined) return undefined;
  return {
    part: marked,
    start,
    end,
    ...(part === 'message' && index !== undefined ? { message: index } : {}),
  };
}

const tabOf = (part: SearchPart): InspectorTab => (part === 'url' ? 'overview' : 'headers');

export function showHit(id: SessionId, hit: SearchHit): void {
  const evidence = evidenceOf(hit);
  const { showEvidence, showTab } = useInspector.getState();
  if (evidence) showEvidence(id, evidence);
  else showTab(tabOf(hit.part));
}
