import { beforeEach, expect, it } from 'vitest';
import { useView } from './view.ts';

beforeEach(() => useView.setState(useView.getInitialState()));

it('composing shows the composer, and asking again for the same session counts', () => {
  useView.getState().compose(7);
  const first = useView.getState();
  expect(first).toMatchObject({ view: 'composer', composerSeed: { id: 7 } });
  first.show('sessions');
  first.compose(7);
  expect(useView.getState().view).toBe('composer');
  expect(useView.getState().composerSeed).not.toEqual(first.composerSeed);
});

it('starts with the sessions and nothing over them', () => {
  expect(useView.getState()).toMatchObject({ view: 'sessions', panel: undefined });
});

it('has one panel open at a time', () => {
  useView.getState().openPanel('palette');
  useView.getState().openPanel('shortcuts');
  expect(useView.getState().panel).toBe('shortcuts');
  useView.getState().closePanel();
  expect(useView.getState().panel).toBeUndefined();
});
