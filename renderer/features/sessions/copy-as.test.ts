import { afterEach, expect, it, vi } from 'vitest';
import type { RedactionChoice } from '#model/redaction.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { keepPatterns, maskCopies } from '../../state/exporting.ts';
import { fakeApp } from '../../testing/fake-app.ts';
import { toastManager } from '../../ui/toast.ts';
import { copyAs } from './copy-as.ts';

afterEach(() => vi.restoreAllMocks());

/** A host that masks one secret where it is asked to. */
const host = {
  'exports.requests': ({ ids, redaction }: { ids: number[]; redaction: RedactionChoice }) => ({
    requests: ids.map((id) => {
      const url = `https://a.test/${id}?token=${redaction === 'off' ? 'SECRET' : '%5Bredacted:token:1%5D'}`;
      const { session } = makeSession({ id, url });
      return { session, body: new Uint8Array() };
    }),
    ...(redaction === 'off'
      ? {}
      : { redaction: { kinds: [{ kind: 'token', secrets: 1, count: ids.length }] } }),
  }),
};

it('masks secrets, says so, and offers to copy them as captured', async () => {
  const { app, asked, copied } = fakeApp(host);
  const shown = vi.spyOn(toastManager, 'add').mockReturnValue('id');
  await copyAs(app, 'url', [3, 4]);
  expect(asked).toEqual([['exports.requests', { ids: [3, 4], redaction: { patterns: [] } }]]);
  expect(copied).toEqual([
    'https://a.test/3?token=%5Bredacted:token:1%5D\nhttps://a.test/4?token=%5Bredacted:token:1%5D',
  ]);
  const [toast] = shown.mock.lastCall ?? [];
  expect(toast).toMatchObject({ title: '2 × URL copied', description: '1 secret masked' });
  (toast as { actionProps: { onClick(): void } }).actionProps.onClick();
  await vi.waitFor(() =>
    expect(copied[1]).toBe('https://a.test/3?token=SECRET\nhttps://a.test/4?token=SECRET'),
  );
});

it('passes the user’s own patterns on, and masks nothing where the settings say so', async () => {
  const { app, asked, copied } = fakeApp(host);
  keepPatterns(['CUST-\\d+']);
  await copyAs(app, 'curl', [3]);
  expect(asked.at(-1)?.[1]).toEqual({ ids: [3], redaction: { patterns: ['CUST-\\d+'] } });
  maskCopies(false);
  await copyAs(app, 'fetch', [3]);
  expect(asked.at(-1)?.[1]).toEqual({ ids: [3], redaction: 'off' });
  expect(copied.map((text) => text.includes('SECRET'))).toEqual([false, true]);
});

it('refuses more than a clipboard is for', async () => {
  const { app, asked } = fakeApp(host);
  const many = Array.from({ length: 201 }, (_, i) => i + 1);
  await expect(copyAs(app, 'url', many)).rejects.toMatchObject({ code: 'too-large' });
  expect(asked).toEqual([]);
});
