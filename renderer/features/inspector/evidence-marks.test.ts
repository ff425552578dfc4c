import { expect, test } from 'vitest';
import type { Evidence, Finding } from '#model/finding.ts';
import { evidenceMarks } from './evidence-marks.ts';

const at = (start: number, end: number, part: Evidence['part'] = 'response-body'): Evidence => ({
  part,
  start,
  end,
});
const finding = (...evidence: Evidence[]): Finding => ({
  checkId: 'c',
  sessionId: 1,
  severity: 'high',
  confidence: 'high',
  title: 't',
  detail: 'd',
  endpoint: 'e',
  parameter: 'p',
  evidence,
});

test('only this part, in order', () => {
  const marks = evidenceMarks(
    [finding(at(9, 12), at(1, 3, 'request-body')), finding(at(2, 4))],
    'response-body',
    undefined,
  );
  expect(marks).toEqual([
    { start: 2, end: 4, focused: false },
    { start: 9, end: 12, focused: false },
  ]);
});

test('the same place twice, or overlapping ones, are one mark', () => {
  expect(evidenceMarks([finding(at(2, 6)), finding(at(2, 6), at(4, 9))], 'response-body', undefined)).toEqual(
    [{ start: 2, end: 9, focused: false }],
  );
});

test('the one asked for is in focus, also when it joined another', () => {
  expect(evidenceMarks([finding(at(2, 6)), finding(at(8, 9))], 'response-body', at(8, 9))[1]?.focused).toBe(
    true,
  );
  expect(evidenceMarks([finding(at(2, 6))], 'response-body', at(4, 7))).toEqual([
    { start: 2, end: 7, focused: true },
  ]);
});

test('it is marked even when no finding is loaded yet', () => {
  expect(evidenceMarks([], 'response-body', at(1, 2))).toEqual([{ start: 1, end: 2, focused: true }]);
  expect(evidenceMarks([], 'request-body', at(1, 2))).toEqual([]);
});

test('empty ranges mark nothing, and there is an end to marks', () => {
  expect(evidenceMarks([finding(at(5, 5))], 'response-body', undefined)).toEqual([]);
  const many = finding(...Array.from({ length: 1000 }, (_, i) => at(i * 10, i * 10 + 5)));
  const marks = evidenceMarks([many], 'response-body', at(9990, 9995));
  expect(marks).toHaveLength(201);
  expect(marks.at(-1)?.focused).toBe(true);
});
