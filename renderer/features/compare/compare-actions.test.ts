import { describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { useCompare } from '../../state/compare.ts';
import { useView } from '../../state/view.ts';
import { fakeApp, selectRows } from '../../testing/fake-app.ts';

const row = (id: number) => makeSession({ id }).session.row;

describe('comparing from the list', () => {
  it('takes two sessions, the older one for A', async () => {
    const { run, enabled } = fakeApp();
    expect(enabled('compare.two')).toBe(false);
    selectRows(0, row(8), row(3));
    await run('compare.two');
    expect(useCompare.getState().shown).toEqual({ a: [3], b: [8] });
    expect(useView.getState().view).toBe('compare');
    selectRows(0, row(1), row(2), row(3));
    expect(enabled('compare.two')).toBe(false);
  });

  it('takes two selections, one after the other', async () => {
    const { run, enabled, said } = fakeApp();
    expect([enabled('compare.keep'), enabled('compare.with'), enabled('compare.swap')]).toEqual([
      false,
      false,
      false,
    ]);
    selectRows(0, row(2), row(1));
    await run('compare.keep');
    expect(said).toEqual(['2 sessions kept as side A']);
    expect(useView.getState().view).toBe('sessions');
    selectRows(0, row(9), row(7), row(8));
    expect(enabled('compare.with')).toBe(true);
    await run('compare.with');
    expect(useCompare.getState().shown).toEqual({ a: [1, 2], b: [7, 8, 9] });
    await run('compare.swap');
    expect(useCompare.getState().shown).toEqual({ a: [7, 8, 9], b: [1, 2] });
  });
});
