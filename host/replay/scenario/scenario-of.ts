/** The variables of recorded sessions, read from the capture in the order given. */
import { SluiceError } from '#model/errors.ts';
import type { Variable } from '#model/replay/scenario.ts';
import type { SessionId } from '#model/session.ts';
import { readDecoded, sessionOf } from '../../bodies.ts';
import { COMPARED_BYTES, type RecordedReader } from '../recorded.ts';
import { VariableFinder } from './find-variables.ts';

/** More are no scenario but a whole capture. */
export const MOST_STEPS = 1000;

/** @throws SluiceError `not-found`, `too-large` */
export async function scenarioOf(store: RecordedReader, ids: readonly SessionId[]): Promise<Variable[]> {
  if (ids.length > MOST_STEPS) {
    throw new SluiceError(
      'too-large',
      `A scenario has at most ${MOST_STEPS} requests: choose fewer sessions.`,
    );
  }
  const finder = new VariableFinder();
  for (const id of ids) {
    const session = await sessionOf(store, id);
    const [request, response] = await Promise.all([
      readDecoded(store, session, 'request', COMPARED_BYTES),
      readDecoded(store, session, 'response', COMPARED_BYTES),
    ]);
    finder.add(session, request.bytes, new TextDecoder().decode(response.bytes));
  }
  return finder.variables;
}
