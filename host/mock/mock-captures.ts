/** Captures that rules answer from: each opened for reading when it is first asked, and closed with the host. What is missed is said, not guessed. */
import { existsSync } from 'node:fs';
import { headerValue } from '#model/headers.ts';
import { splitUrl } from '#model/session-fold.ts';
import { ActionError } from '#proxy-core/intercept/action-error.ts';
import type { Answer, MockSource } from '#proxy-core/intercept/answer.ts';
import type { RequestDraft } from '#proxy-core/intercept/drafts.ts';
import { setHeader } from '#proxy-core/intercept/header-edits.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import { filterOf } from '../filter-text.ts';
import { openCapture } from '../open-capture.ts';
import { sessionAnswer } from '../rules/session-answer.ts';
import { sessionRows } from '../session-rows.ts';
import { type Asked, type HowFound, RecordedAnswers } from './recorded-answers.ts';

export const MOCK_HEADER = 'X-Sluice-Mock';

interface Mocked {
  readonly store: CaptureStore;
  readonly answers: RecordedAnswers;
}

export interface MockSaid {
  readonly method: string;
  readonly url: string;
  /** Absent for a miss. */
  readonly session?: number;
  readonly status?: number;
  readonly how?: HowFound;
}

const HOSTS_NAMED = 5;

export function missAnswer(asked: Asked, url: string, answers: RecordedAnswers): Answer {
  const known = answers.hosts.slice(0, HOSTS_NAMED).map(([host, count]) => `  ${host}: ${count} answers`);
  const text = [
    `Nothing like ${asked.method} ${url} was recorded in the capture that this mock answers from.`,
    `It has ${answers.size} answers${known.length > 0 ? `, most of them of` : '.'}`,
    ...known,
    'Record it, or let what is missed go on to the origin (--passthrough, or "pass: true" in a rule).',
    '',
  ].join('\n');
  return {
    status: 404,
    headers: [
      ['Content-Type', 'text/plain; charset=utf-8'],
      [MOCK_HEADER, 'miss'],
    ],
    body: Buffer.from(text),
  };
}

export class MockCaptures implements AsyncDisposable {
  readonly #open = new Map<string, Promise<Mocked>>();
  readonly #said: ((said: MockSaid) => void) | undefined;

  /** @param said told of each question */
  constructor(said?: (said: MockSaid) => void) {
    this.#said = said;
  }

  /** For `Sources.mock`. @throws ActionError */
  readonly source = (capture: string, filter: string, pass: boolean): MockSource => {
    if (!existsSync(capture)) throw new ActionError(`There is no capture ${capture}.`);
    return (request) => this.#answer(request, capture, filter, pass);
  };

  /** Reads which answers there are. @throws SluiceError for a capture that cannot be read */
  load(capture: string, filter: string): Promise<Mocked> {
    const key = `${filter}\0${capture}`;
    const known = this.#open.get(key) ?? this.#read(capture, filter);
    this.#open.set(key, known);
    return known;
  }

  async #read(capture: string, filter: string): Promise<Mocked> {
    const wanted = filterOf(filter);
    const store = await openCapture(capture, 'read');
    try {
      const answers = new RecordedAnswers();
      while (!(await store.look(wanted)));
      for await (const row of sessionRows(store, wanted)) answers.add(row);
      return { store, answers };
    } catch (error) {
      await store.close();
      throw error;
    }
  }

  async #answer(
    request: RequestDraft,
    capture: string,
    filter: string,
    pass: boolean,
  ): Promise<Answer | undefined> {
    const { store, answers } = await this.load(capture, filter);
    const { method, headers } = request;
    const { url } = request.target;
    const asked = { method, ...splitUrl(url) };
    const conditional = ['If-None-Match', 'If-Modified-Since'].some(
      (name) => headerValue(headers, name) !== undefined,
    );
    const found = answers.next(asked, conditional);
    const recorded = found && (await sessionAnswer(store, found.id));
    if (found === undefined || recorded === undefined) {
      this.#said?.({ method, url });
      return pass ? undefined : missAnswer(asked, url, answers);
    }
    this.#said?.({ method, url, session: found.id, status: recorded.status, how: found.how });
    return { ...recorded, headers: setHeader(recorded.headers, MOCK_HEADER, `session ${found.id}`) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const all = await Promise.allSettled(this.#open.values());
    for (const opened of all) if (opened.status === 'fulfilled') await opened.value.store.close();
  }
}
