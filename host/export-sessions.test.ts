import * as zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { exportFormat } from '#formats/all-formats.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { exportFile } from './export-sessions.ts';

async function* sessions() {
  yield makeSession({ id: 7 });
  yield makeSession({
    id: 9,
    messages: [{ direction: 'received', at: 1, opcode: 1, data: new Uint8Array(1) }],
  });
}

const written = async (file: { readonly pieces: AsyncIterable<Uint8Array | string> }) =>
  Buffer.concat((await Array.fromAsync(file.pieces)).map((piece) => Buffer.from(piece)));

describe('a file of sessions', () => {
  it('says what was lost of which', async () => {
    const file = exportFile(sessions(), exportFormat('saz'));
    expect(file.losses()).toMatchObject({ sessions: 0 });
    await written(file);
    expect(file.losses()).toMatchObject({ sessions: 2, lossy: 1, losses: [{ session: 9 }] });
  });

  it('can be compressed', async () => {
    const file = exportFile(sessions(), exportFormat('har'), { gzip: true });
    const { log } = JSON.parse(zlib.gunzipSync(await written(file)).toString());
    expect(log.entries).toHaveLength(2);
    expect(file.losses()).toMatchObject({ sessions: 2, lossy: 0 });
  });

  it('has no password where the format has none', () => {
    expect(() => exportFile(sessions(), exportFormat('har'), { password: 'x' })).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringContaining('SAZ') }),
    );
  });

  it('is empty of nothing', async () => {
    const none = (async function* () {})();
    expect(JSON.parse((await written(exportFile(none, exportFormat('har')))).toString()).log.entries).toEqual(
      [],
    );
  });
});
