import { expect, it, vi } from 'vitest';
import type { AppStatus } from '#model/contract/contract.ts';
import { useHost } from '../../state/host.ts';
import { useSessions } from '../../state/sessions.ts';
import { useView } from '../../state/view.ts';
import { fakeApp } from '../../testing/fake-app.ts';
import { quickExec } from './quick-exec.ts';
import { runQuick } from './run-quick.ts';

async function typed(line: string) {
  vi.stubGlobal('document', { querySelector: () => null });
  vi.stubGlobal('requestAnimationFrame', () => 0);
  const fake = fakeApp();
  useHost.getState().setStatus({ capturing: true, sessions: 3, perSecond: 2 } as AppStatus);
  const command = quickExec(line);
  if (command) await runQuick(fake.app, command);
  vi.unstubAllGlobals();
  return fake;
}

it('words do what they say', async () => {
  expect((await typed('stop')).asked).toEqual([['app.setCapturing', { capturing: false }]]);
  expect((await typed('bpu /login')).asked).toEqual([
    ['breaks.set', { breakpoints: [{ filter: 'url:"/login"', at: 'request' }] }],
  ]);
  const gone = await typed('bpu');
  expect([gone.asked, gone.said]).toEqual([
    [['breaks.set', { breakpoints: [] }]],
    ['No breakpoints are set'],
  ]);
  expect((await typed('status')).said).toEqual(['Capturing: 3 sessions, 2/s']);
  await typed('hide');
  expect(useSessions.getState().inspectorOpen).toBe(false);
  await typed('show');
  expect(useSessions.getState().inspectorOpen).toBe(true);
  await typed('help');
  expect(useView.getState().panel).toBe('shortcuts');
  await typed('=404');
  expect(useSessions.getState().filterText).toBe('status=404');
});
