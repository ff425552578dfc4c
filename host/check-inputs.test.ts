import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportFormat } from '#formats/all-formats.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { WELL_MADE } from '#proxy-core/testing/well-made.ts';
import { checkInputs } from './check-inputs.ts';
import { exportFile } from './export-sessions.ts';
import { exportSource } from './redaction/export-source.ts';
import { inCapture, writtenCapture } from './testing/captures.ts';

const INPUT = { rows: true };
const CARD = '{"card":"4111 1111 1111 1111"}';
let at: Awaited<ReturnType<typeof writtenCapture>>;
let har: string;
beforeAll(async () => {
  at = await writtenCapture(
    makeSession({ id: 1, responseHeaders: WELL_MADE }),
    makeSession({ id: 2, responseHeaders: WELL_MADE, responseBody: CARD }),
  );
  har = join(at.folder, 'a.har');
  await inCapture(at.path, async (store) => {
    const { pieces } = exportFile(exportSource(store, [1, 2], 'off').sessions, exportFormat('har'), {});
    writeFileSync(har, Buffer.concat(await Array.fromAsync(pieces, (piece) => Buffer.from(piece))));
  });
});
afterAll(() => at[Symbol.dispose]());

describe('what is checked', () => {
  it('is a capture, or a HAR file all the same', async () => {
    for (const path of [at.path, har]) {
      const { report, rows } = await checkInputs([path], {}, INPUT);
      expect(report).toMatchObject({
        sessions: 2,
        failed: [],
        findings: [{ checkId: 'personal-data', sessionId: 2 }],
      });
      expect(rows.map(({ id }) => id)).toEqual([1, 2]);
    }
  });

  it('is several as one, numbered on', async () => {
    const { report, rows } = await checkInputs([at.path, har], {}, INPUT);
    expect(report.sessions).toBe(4);
    expect(report.findings.map(({ sessionId }) => sessionId)).toEqual([2, 4]);
    expect(rows.map(({ id }) => id)).toEqual([1, 2, 3, 4]);
  });

  it('is told of when it is open, and only then are there rows when they are wanted', async () => {
    const opened: string[] = [];
    const onOpen = ({ path }: { path: string }) => void opened.push(path);
    const { rows } = await checkInputs([at.path], {}, { onOpen });
    expect([rows, opened]).toEqual([[], [at.path]]);
  });

  it('is nothing that cannot be read', async () => {
    await expect(checkInputs(['/nowhere/x'], {}, INPUT)).rejects.toMatchObject({ code: 'file-unreadable' });
    await expect(checkInputs([], {}, INPUT)).rejects.toMatchObject({ code: 'usage' });
  });
});
