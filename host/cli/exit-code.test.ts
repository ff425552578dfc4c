import { afterEach, describe, expect, it, vi } from 'vitest';
import { SluiceError } from '#model/errors.ts';
import { exitWith } from './exit-code.ts';

afterEach(() => {
  process.exitCode = undefined;
  vi.restoreAllMocks();
});

async function ended(work: () => Promise<0 | 1 | 2 | 3>) {
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  await exitWith(work);
  return { code: process.exitCode, err: written.mock.calls.map(([text]) => text).join('') };
}

describe('a command', () => {
  it.each([0, 1, 2, 3] as const)('ends with what its work answers: %d', async (code) => {
    expect(await ended(async () => code)).toEqual({ code, err: '' });
  });

  it('that fails says so in one sentence, and ends with the code for it', async () => {
    const failing = () => Promise.reject(new SluiceError('usage', 'Use it well.'));
    expect(await ended(failing)).toEqual({ code: 2, err: 'sluice: Use it well. [usage]\n' });
  });

  it('that breaks does not take the process with it', async () => {
    const broken = () => {
      throw new TypeError('x');
    };
    expect(await ended(async () => broken())).toEqual({ code: 3, err: 'sluice: x [internal]\n' });
  });
});
