import { describe, expect, it } from 'vitest';
import { Losses } from '../losses.ts';
import { cpuTime } from '../testing/cpu-time.ts';
import { CHANCE, createVariables } from './variables.ts';

const chance = { now: () => 1_750_000_000_123, uuid: () => 'u-u-i-d', random: () => 0.5 };

function filled(text: string, values: Record<string, string> = {}) {
  const losses = new Losses();
  const result = createVariables(new Map(Object.entries(values)), losses, chance).fill(text);
  return { result, lost: losses.report().losses.map(({ detail }) => detail) };
}

describe('variables', () => {
  it('are put in their place, blanks around the name or not', () => {
    expect(filled('{{a}}/{{ b }}', { a: '1', b: '2' })).toEqual({ result: '1/2', lost: [] });
  });

  it('may have variables in their values', () => {
    expect(filled('{{url}}', { url: 'https://{{host}}', host: 'a.test' }).result).toBe('https://a.test');
  });

  it('without a value stay and are told', () => {
    expect(filled('{{a}} {{prototype}} {{__proto__}}', {})).toEqual({
      result: '{{a}} {{prototype}} {{__proto__}}',
      lost: ['a', 'prototype', '__proto__'],
    });
  });

  it('that go in a circle stay', () => {
    expect(filled('{{a}}', { a: '{{b}}', b: '{{a}}' })).toEqual({ result: '{{a}}', lost: ['a'] });
  });

  it('cannot make a text grow without end', () => {
    const values = Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [`v${i}`, `{{v${i + 1}}}`.repeat(20)] as const),
    );
    values.v6 = 'x'.repeat(1000);
    const spent = cpuTime();
    expect(filled('{{v0}}', values).result.length).toBeLessThan(300_000_000);
    expect(spent()).toBeLessThan(5000);
  });

  it('are nothing else in braces', () => {
    expect(filled('{a} {{}} {{\n}} {"a":{"b":1}}', { a: '1' })).toEqual({
      result: '{a} {{}} {{\n}} {"a":{"b":1}}',
      lost: [],
    });
  });
});

describe('what is made up', () => {
  it.each([
    ['{{$guid}}', 'u-u-i-d'],
    ['{{$randomUUID}}', 'u-u-i-d'],
    ['{{$timestamp}}', '1750000000'],
    ['{{$isoTimestamp}}', '2025-06-15T15:06:40.123Z'],
    ['{{$randomInt}}', '500'],
    ['{{$randomInt 10 20}}', '15'],
  ])('%s', (text, result) => {
    expect(filled(text)).toEqual({ result, lost: [] });
  });

  it('can be by chance', () => {
    expect(CHANCE.uuid()).toMatch(/^[0-9a-f-]{36}$/);
    expect(CHANCE.random()).toBeLessThan(1);
    expect(CHANCE.now()).toBeGreaterThan(1_700_000_000_000);
  });

  it('and what nobody here makes up stays', () => {
    expect(filled('{{$dotenv SECRET}}').lost).toEqual(['$dotenv SECRET']);
  });
});
