import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { openCapture } from '../open-capture.ts';
import { decodeWhole, searchedCapture } from '../testing/searched-capture.ts';
import { record, temporaryFolder, treeHash } from '../testing.ts';
import { GROUP_SESSIONS } from './group.ts';
import { SearchCapture } from './search-capture.ts';

describe('a capture that is searched', () => {
  it('shows what is written beside it', async () => {
    await using at = await searchedCapture([makeSession({ id: 1 })]);
    expect([at.capture.count(), at.capture.lastId(), at.capture.lastGroup()]).toEqual([1, 1, 0]);
    await record(at.store, makeSession({ id: GROUP_SESSIONS + 5, url: 'https://b.test/x' }));
    expect([at.capture.count(), at.capture.lastId(), at.capture.lastGroup()]).toEqual([
      2,
      GROUP_SESSIONS + 5,
      1,
    ]);
    expect(at.capture.session(GROUP_SESSIONS + 5)?.row.host).toBe('b.test');
    expect(at.capture.session(2)).toBeUndefined();
  });

  it('that is closed is not changed by a byte, and followed when a writer comes', async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'a.sluice');
    {
      await using store = await openCapture(path, 'create');
      await record(store, makeSession({ id: 1 }));
    }
    const before = treeHash(path);
    using capture = new SearchCapture({ folder: path, decode: decodeWhole });
    expect(capture.session(1)?.row.id).toBe(1);
    capture.refresh();
    expect(treeHash(path)).toEqual(before);
    await using store = await openCapture(path, 'write');
    await record(store, makeSession({ id: 2 }));
    capture.refresh();
    expect(capture.count()).toBe(2);
  });

  it('that is none is said to be none', () => {
    using folder = temporaryFolder();
    const open = (name: string) =>
      new SearchCapture({ folder: join(folder.path, name), decode: decodeWhole });
    expect(() => open('missing')).toThrow(expect.objectContaining({ code: 'capture-missing' }));
    expect(() => open('.')).toThrow(expect.objectContaining({ code: 'capture-damaged' }));
  });
});
