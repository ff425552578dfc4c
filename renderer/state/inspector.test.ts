import { expect, test } from 'vitest';
import type { EvidencePart } from '#model/finding.ts';
import { tabOfEvidence, useInspector } from './inspector.ts';

const evidence = (part: EvidencePart) => ({
  part,
  start: 1,
  end: 2,
});

test('evidence opens the tab that holds it', () => {
  expect(tabOfEvidence(evidence('request-body'))).toBe('request');
  expect(tabOfEvidence(evidence('response-body'))).toBe('response');
  expect(tabOfEvidence(evidence('request-head'))).toBe('raw');
  expect(tabOfEvidence(evidence('response-head'))).toBe('raw');
  expect(tabOfEvidence(evidence('message'))).toBe('messages');
});

test('the tab stays until another is shown', () => {
  useInspector.getState().showTab('timing');
  expect(useInspector.getState().tab).toBe('timing');
  useInspector.getState().showEvidence(7, evidence('request-body'));
  expect(useInspector.getState()).toMatchObject({ tab: 'request', shown: { sessionId: 7 } });
});

test('asking for the same place twice counts', () => {
  useInspector.getState().showEvidence(7, evidence('response-body'));
  const first = useInspector.getState().shown?.stamp ?? 0;
  useInspector.getState().showEvidence(7, evidence('response-body'));
  expect(useInspector.getState().shown?.stamp).toBe(first + 1);
});
