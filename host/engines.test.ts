import { describe, expect, it } from 'vitest';
import { DEFAULT_ENGINE, engineNames, loadEngine } from './engines.ts';

describe('engines', () => {
  it('are known by name, the default among them', () => {
    expect(engineNames()).toContain(DEFAULT_ENGINE);
    expect(new Set(engineNames()).size).toBe(engineNames().length);
  });

  it.each(engineNames())('are loaded when they are the one: %s', async (name) => {
    expect(await loadEngine(name)).toBeTypeOf('function');
  });

  it.each(['nonsense', '', 'constructor', '__proto__', 'toString'])(
    'are refused when there is no such: %j',
    (name) => {
      expect(() => loadEngine(name)).toThrow(
        expect.objectContaining({ code: 'usage', message: expect.stringContaining(DEFAULT_ENGINE) }),
      );
    },
  );
});
