import { afterEach, describe, expect, it, vi } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { useSessions } from '../../state/sessions.ts';
import { useView } from '../../state/view.ts';
import { fakeApp, selectRows } from '../../testing/fake-app.ts';
import { useConfirmation } from '../../ui/confirm.ts';

afterEach(() => vi.restoreAllMocks());

const [one, two] = [makeSession({ id: 11, method: 'PUT', requestBody: 'x' }), makeSession({ id: 12 })];
const rows = [one.session.row, two.session.row] as const;
const host = {
  'sessions.get': ({ id }: { id: number }) => [id === 11 ? one.session : two.session],
  'sessions.body': () => ({ data: new TextEncoder().encode('x'), total: 1 }),
  'exports.requests': ({ ids }: { ids: number[] }) => ({
    requests: ids
      .map((id) => (id === 11 ? one : two))
      .map(({ session, requestBody: body }) => ({ session, body })),
  }),
};
/** Answers the question that the action asks. */
const answering = (yes: boolean) => vi.waitFor(() => useConfirmation.getState().answer(yes));

describe('on nothing', () => {
  it.each([
    'replay',
    'edit',
    'copyUrl',
    'copyCurl',
    'copyFetch',
    'comment',
    'mark1',
    'mark0',
    'remove',
    'clear',
    'selectAll',
  ])('sessions.%s can do nothing', (name) => {
    expect(fakeApp().enabled(`sessions.${name}`)).toBe(false);
  });
});

describe('on selected sessions', () => {
  it('replay sends each again and says how many', async () => {
    let made = 100;
    const { run, asked, said } = fakeApp({ ...host, 'composer.send': () => ({ id: ++made }) });
    selectRows(0, ...rows);
    await run('sessions.replay');
    const sent = asked.filter(([name]) => name === 'composer.send').map(([, params]) => params);
    expect(sent).toMatchObject([
      { method: 'PUT', source: 'replay', parentId: 11, body: new TextEncoder().encode('x') },
      { method: 'GET', source: 'replay', parentId: 12 },
    ]);
    expect(said).toEqual(['2 requests sent again']);
  });

  it('replay refuses too many, and what is no request', async () => {
    const { run, enabled, asked } = fakeApp(host);
    useSessions.getState().select({ ids: new Set(Array(201).keys()), cursor: 0, anchor: 0 }, rows[0]);
    await expect(run('sessions.replay')).rejects.toMatchObject({ code: 'too-large' });
    expect(asked).toEqual([]);
    selectRows(0, { ...rows[0], kind: 'websocket' });
    expect(enabled('sessions.replay')).toBe(false);
    expect(enabled('sessions.edit')).toBe(true);
    selectRows(0, { ...rows[0], kind: 'tunnel' });
    expect(enabled('sessions.edit')).toBe(false);
  });

  it('edit opens the one under the cursor in the composer', async () => {
    const { run } = fakeApp();
    selectRows(0, ...rows);
    await run('sessions.edit');
    expect(useView.getState()).toMatchObject({ view: 'composer', composerSeed: { id: 11 } });
  });

  it.each([
    [
      'sessions.copyUrl',
      'https://api.acme.test/orders/11\nhttps://api.acme.test/orders/12',
      '2 × URL copied',
    ],
    ['sessions.copyCurl', /^curl 'https:.*--request 'PUT'.*\n\ncurl /s, '2 × cURL copied'],
    ['sessions.copyAs-python', /requests\.put\(.*requests\.get\(/s, '2 × Python (requests) copied'],
    ['sessions.copyAs-curl-cmd', /^curl \^"https:.*\n\ncurl \^/s, '2 × cURL (cmd) copied'],
    ['sessions.copyFetch', /^fetch\("https:.*method: "PUT".*\n\nfetch\(/s, '2 × fetch copied'],
  ])('%s copies each of them', async (id, text, words) => {
    const { run, copied, said } = fakeApp(host);
    selectRows(0, ...rows);
    await run(id);
    expect(copied).toEqual([expect.stringMatching(text)]);
    expect(said).toEqual([words]);
  });

  it('comment asks for the words', async () => {
    const { run } = fakeApp();
    selectRows(0, ...rows);
    await run('sessions.comment');
    expect(useSessions.getState().commenting).toEqual([11, 12]);
  });

  it.each([1, 2, 3, 4, 5, 0])('mark %s marks them, and says which is in force', async (mark) => {
    const { app, run, asked } = fakeApp();
    selectRows(0, { ...rows[0], mark: 3 }, rows[1]);
    await run(`sessions.mark${mark}`);
    expect(asked).toEqual([['sessions.annotate', { ids: [11, 12], mark }]]);
    const expected = mark === 0 ? undefined : mark === 3;
    expect(app.actions.get(`sessions.mark${mark}`).checked?.()).toBe(expected);
  });

  it('select all takes every session of the list, however long it is, and leaves the cursor', async () => {
    const long = Array.from({ length: 100_000 }, (_, i) => i + 1);
    const ids = ({ offset }: { offset: number }) => ({ ids: offset === 0 ? long : [100_001] });
    const { run, asked } = fakeApp({ 'sessions.ids': ids });
    useSessions.getState().setFilter('host:a', undefined);
    useSessions.getState().setCounts(100_001, 100_001);
    selectRows(4, rows[0]);
    await run('sessions.selectAll');
    const { selection, current } = useSessions.getState();
    expect(selection.ids.size).toBe(100_001);
    expect([selection.cursor, current?.id]).toEqual([4, 11]);
    expect(asked).toMatchObject([
      ['sessions.ids', { filter: 'host:a', offset: 0 }],
      ['sessions.ids', { filter: 'host:a', offset: 100_000 }],
    ]);
  });
});

describe('removing', () => {
  it('asks, then removes, and waits for the row that moves up', async () => {
    const { run, asked, said } = fakeApp({ 'sessions.remove': () => ({ removed: 2 }) });
    useSessions.getState().select({ ids: new Set([11, 12]), cursor: 5, anchor: 3 }, rows[1]);
    const removing = run('sessions.remove');
    expect(useConfirmation.getState().question).toMatchObject({ title: 'Remove 2 sessions?', danger: true });
    await answering(true);
    await removing;
    expect(asked).toEqual([['sessions.remove', { ids: [11, 12] }]]);
    const { selection, current } = useSessions.getState();
    expect([selection.ids.size, selection.cursor, current]).toEqual([0, 3, undefined]);
    expect(said).toEqual(['2 sessions removed']);
  });

  it('removes nothing on a no', async () => {
    const { run, asked } = fakeApp();
    selectRows(0, ...rows);
    const removing = run('sessions.remove');
    await answering(false);
    await removing;
    expect(asked).toEqual([]);
    expect(useSessions.getState().selection.ids.size).toBe(2);
  });

  it('of all asks with the number, and leaves nothing selected', async () => {
    const { run, asked, said } = fakeApp({ 'sessions.clear': () => ({ removed: 86 }) });
    useSessions.getState().setCounts(3, 86);
    selectRows(0, ...rows);
    const clearing = run('sessions.clear');
    expect(useConfirmation.getState().question?.confirmLabel).toBe('Delete 86 sessions');
    await answering(true);
    await clearing;
    expect(asked).toEqual([['sessions.clear', {}]]);
    expect(useSessions.getState().selection.cursor).toBe(-1);
    expect(said).toEqual(['86 sessions deleted']);
  });
});
