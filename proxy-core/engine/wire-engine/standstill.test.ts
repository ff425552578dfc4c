import { expect, it } from 'vitest';
import { Standstill } from './standstill.ts';

it('counts from when something was first seen as it is', () => {
  const still = new Standstill();
  expect(still.at(1, 1000)).toBe(0);
  expect(still.at(1, 1500)).toBe(500);
  expect(still.at(2, 1600)).toBe(0);
  expect(still.at(2, 1700)).toBe(100);
});

it('counts anew when it was not its fault', () => {
  const still = new Standstill();
  still.at(1, 1000);
  still.restart();
  expect(still.at(1, 5000)).toBe(0);
});
