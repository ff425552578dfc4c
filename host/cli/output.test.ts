/** As a process of its own: what is tested is what happens to its pipes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';

const OUTPUT = JSON.stringify(new URL('./output.ts', import.meta.url).href);

function run(script: string) {
  const code = `import { handleClosedPipe, say, sayNotices, write, writeLine } from ${OUTPUT}; handleClosedPipe(); ${script}`;
  return spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'pipe'] });
}
type Child = ReturnType<typeof run>;

async function ended(child: Child) {
  let err = '';
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  const [code] = await once(child, 'close');
  return { code, err };
}

describe('what people should know of a capture', () => {
  it('stands beside the output, a line each', async () => {
    const child = run("sayNotices({ notices: ['One is damaged.', 'Two is lost.'] }); await writeLine('a')");
    child.stdout.resume();
    expect(await ended(child)).toEqual({ code: 0, err: 'sluice: One is damaged.\nsluice: Two is lost.\n' });
  });
});

describe('standard output', () => {
  it('gets text and bytes, lines with their ends; what is for people goes beside it', async () => {
    const child = run(
      "await write('a'); await write(new Uint8Array([98, 255])); await writeLine('c'); say('note');",
    );
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    expect(await ended(child)).toEqual({ code: 0, err: 'note\n' });
    expect(Buffer.concat(chunks).toString('latin1')).toBe('ab\u00ffc\n');
  });

  it('keeps no more than a piece while its reader is slow, and loses nothing', async () => {
    const child = run(
      `const piece = 'x'.repeat(65536);
       let most = 0;
       for (let i = 0; i < 100; i++) { await write(piece); most = Math.max(most, process.stdout.writableLength); }
       say(String(most));`,
    );
    let size = 0;
    child.stdout.on('data', (chunk) => {
      size += chunk.length;
    });
    const { code, err } = await ended(child);
    expect([code, size]).toEqual([0, 100 * 65536]);
    expect(Number(err)).toBeLessThanOrEqual(65536);
  });

  it('ends the program quietly when its reader has seen enough', async () => {
    const child = run("for (;;) await write('x'.repeat(65536));");
    child.stdout.once('data', () => child.stdout.destroy());
    expect(await ended(child)).toEqual({ code: 0, err: '' });
  });
});
