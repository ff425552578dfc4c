import { afterEach, describe, expect, it, vi } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { useReplaying } from '../../state/replaying.ts';
import { fakeApp, selectRows } from '../../testing/fake-app.ts';

afterEach(() => vi.restoreAllMocks());

const rows = [makeSession({ id: 12 }).session.row, makeSession({ id: 11 }).session.row] as const;

describe('replaying the selection', () => {
  it('opens the dialog on it, oldest first', async () => {
    const { run } = fakeApp();
    selectRows(0, ...rows);
    await run('replay.open');
    expect(useReplaying.getState().ids).toEqual([11, 12]);
    useReplaying.getState().close();
  });

  it('without conditions asks the host, and says how many', async () => {
    const { run, asked, said } = fakeApp({ 'replay.start': () => ({ id: 'x', total: 2 }) });
    selectRows(0, ...rows);
    await run('replay.unconditional');
    expect(asked).toMatchObject([
      ['replay.start', { ids: [11, 12], count: 1, change: { unconditional: true } }],
    ]);
    expect(said).toEqual(['2 requests sent again']);
  });

  it('can do nothing on nothing, and on what is no request', () => {
    const { enabled } = fakeApp();
    expect(enabled('replay.open')).toBe(false);
    selectRows(0, { ...rows[0], kind: 'tunnel' });
    expect(enabled('replay.open')).toBe(false);
    expect(enabled('replay.unconditional')).toBe(false);
  });
});
