import { expect, it } from 'vitest';
import { SEARCH_PARTS, type SearchHit, type SearchPart } from '#model/search.ts';
import { useInspector } from '../../state/inspector.ts';
import { evidenceOf, showHit } from './show-hit.ts';

const hit = (part: SearchPart, index?: number): SearchHit => ({
  part,
  start: 3,
  end: 9,
  snippet: { text: 'needle', start: 0, end: 6 },
  ...(index === undefined ? {} : { index }),
});

it('a place that can be marked is one of evidence', () => {
  expect(evidenceOf(hit('response-body'))).toEqual({ part: 'response-body', start: 3, end: 9 });
  expect(evidenceOf(hit('message', 4))).toEqual({ part: 'message', message: 4, start: 3, end: 9 });
  expect(evidenceOf(hit('response-trailers'))).toBeUndefined();
  expect(evidenceOf(hit('request-sent'))).toBeUndefined();
});

it('every place has a tab', () => {
  const tabs = SEARCH_PARTS.map((part) => {
    showHit(7, hit(part, part === 'message' ? 0 : undefined));
    return [part, useInspector.getState().tab];
  });
  expect(Object.fromEntries(tabs)).toEqual({
    url: 'overview',
    'request-head': 'raw',
    'request-sent': 'headers',
    'request-trailers': 'headers',
    informational: 'headers',
    'response-head': 'raw',
    'response-sent': 'headers',
    'response-trailers': 'headers',
    'request-body': 'request',
    'response-body': 'response',
    message: 'messages',
  });
  showHit(8, hit('request-body'));
  expect(useInspector.getState().shown).toMatchObject({
    sessionId: 8,
    evidence: { part: 'request-body', start: 3 },
  });
});
