/** `sluice show`: one session, for people, as JSON, as the bytes that were captured, or its request as a command line or code. */
import { type Command, Option } from 'commander';
import { COPY_TARGETS, copyTarget } from '#formats/snippets/copy-targets.ts';
import { SluiceError } from '#model/errors.ts';
import { bytesOf, requestHeadText, responseHeadText } from '#model/head-text.ts';
import type { Headers } from '#model/headers.ts';
import type { RuleChange, RuleTouch } from '#model/rules/touch.ts';
import { safeLine } from '#model/safe-text.ts';
import type { BodyInfo, BodySide, ExchangeFacts, Session, SessionId } from '#model/session.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import { bodySize, readCaptured, sessionOf } from '../../bodies.ts';
import { openCapture } from '../../open-capture.ts';
import { exportSource } from '../../redaction/export-source.ts';
import { capturePath, type DataOption, withCapture } from '../capture-argument.ts';
import { exitWith } from '../exit-code.ts';
import { sessionNumber } from '../numbers.ts';
import { say, sayNotices, write, writeLine } from '../output.ts';
import { sizeText, timeText } from '../text.ts';

interface ShowOptions extends DataOption {
  readonly json?: boolean;
  readonly rawRequest?: boolean;
  readonly rawResponse?: boolean;
  readonly requestBody?: boolean;
  readonly responseBody?: boolean;
  readonly as?: string;
  readonly redact: boolean;
}

const PIECE = 1024 * 1024;
/** A body beyond this is for a file, not for a command line or code. */
const MOST_CODE = 32 * PIECE;

async function writeBody(store: CaptureStore, session: Session, side: BodySide): Promise<void> {
  const size = bodySize(session, side);
  for (let at = 0; at < size; at += PIECE) {
    await write(await store.readBody(session.row.id, side, at, Math.min(size, at + PIECE)));
  }
}

function responseOf(session: Session) {
  if (session.response) return session.response;
  throw new SluiceError('not-found', `Session ${session.row.id} has no response.`);
}

const droppedText = ({ dropped }: BodyInfo) =>
  dropped ? ', dropped: the capture was told to leave it out' : '';

const fieldLines = (headers: Headers) => headers.map(([name, value]) => safeLine(`  ${name}: ${value}`));

const changed = ({ part, before, after }: RuleChange) =>
  before === undefined
    ? `${part}: ${after ?? ''}`
    : after === undefined
      ? `${part}: taken out (${before})`
      : `${part}: ${before} → ${after}`;

const touchLines = (touches: readonly RuleTouch[]) =>
  touches.flatMap(({ rule, action, changes, problem }) => [
    safeLine(`rule "${rule}": ${action}`),
    ...(problem === undefined ? [] : [safeLine(`  could not be done: ${problem}`)]),
    ...changes.map((change) => safeLine(`  ${changed(change)}`)),
  ]);

const processText = ({ process = '', processId }: ExchangeFacts) =>
  processId === undefined ? process : `${process} (process ${processId})`;

/** A session for people; bodies by size, because they may be anything. */
export function sessionText(session: Session): string {
  const { row, request, response, facts, failure } = session;
  const lines = [
    safeLine(`${row.method} ${row.url}`),
    `  session ${row.id}, ${row.state}, began ${timeText(row.startedAt)}` +
      (row.durationMs === undefined ? '' : `, took ${row.durationMs.toFixed(1)} ms`),
    ...(facts.process === undefined ? [] : [safeLine(`  from ${processText(facts)}`)]),
    ...(failure ? [safeLine(`  ${failure.code}: ${failure.detail}`)] : []),
    '',
    safeLine(`${request.head.method} ${request.head.target} ${request.head.httpVersion}`),
    ...fieldLines(request.head.headers),
    `  body: ${sizeText(request.body.size)}${droppedText(request.body)}`,
  ];
  if (response) {
    const { httpVersion, status, reason } = response.head;
    const body = `  body: ${sizeText(response.body.size)}${response.body.complete ? '' : ', incomplete'}${droppedText(response.body)}`;
    lines.push(
      '',
      safeLine(`${httpVersion} ${status} ${reason}`),
      ...fieldLines(response.head.headers),
      body,
    );
  }
  if (session.touches !== undefined) lines.push('', ...touchLines(session.touches));
  return lines.join('\n');
}

/** The request as `target` writes it. */
async function requestAs(
  store: CaptureStore,
  session: Session,
  target: string,
  redact: boolean,
): Promise<string> {
  const { write: writeAs } = copyTarget(target);
  if (bodySize(session, 'request') > MOST_CODE) {
    throw new SluiceError(
      'too-large',
      `Bodies over ${sizeText(MOST_CODE)} are not written as code: take it with --request-body.`,
    );
  }
  await using source = exportSource(store, [session.row.id], redact ? {} : 'off');
  for await (const full of source.sessions) {
    const text = writeAs(full.session, full.requestBody);
    if (redact && text !== writeAs(session, await readCaptured(store, session, 'request')))
      say('Secrets are masked in it: --no-redact leaves them as captured.');
    return text;
  }
  throw new SluiceError('not-found', `There is no session ${session.row.id} in this capture.`);
}

async function show(capture: string, id: SessionId, options: ShowOptions): Promise<0> {
  await using store = await openCapture(await capturePath(capture, options), 'read');
  sayNotices(store);
  const session = await sessionOf(store, id);
  if (options.rawRequest || options.requestBody) {
    if (options.rawRequest) await write(bytesOf(requestHeadText(session.request.head)));
    await writeBody(store, session, 'request');
  } else if (options.rawResponse || options.responseBody) {
    const { head } = responseOf(session);
    if (options.rawResponse) await write(bytesOf(responseHeadText(head)));
    await writeBody(store, session, 'response');
  } else if (options.as !== undefined) {
    await writeLine(await requestAs(store, session, options.as, options.redact));
  } else if (options.json) {
    const findings = await store.findings(id);
    await writeLine(JSON.stringify({ ...session, findings }));
  } else {
    await writeLine(sessionText(session));
  }
  return 0;
}

const FORMS = {
  json: ['--json', 'everything but the bodies, as JSON'],
  rawRequest: ['--raw-request', 'head and body of the request, as captured'],
  rawResponse: ['--raw-response', 'head and body of the response, as captured'],
  requestBody: ['--request-body', 'the body alone, as captured'],
  responseBody: ['--response-body', 'the body alone, as captured'],
  as: ['--as <target>', `the request, secrets masked, as ${COPY_TARGETS.map(({ id }) => id).join(', ')}`],
} as const;

export function addShow(program: Command): void {
  const command = withCapture(program.command('show'))
    .argument('<id>', 'number of the session', sessionNumber)
    .description('one session: readable, as JSON, as captured bytes, or its request as code');
  for (const [name, [flag, help]] of Object.entries(FORMS)) {
    command.addOption(new Option(flag, help).conflicts(Object.keys(FORMS).filter((other) => other !== name)));
  }
  command.option('--no-redact', 'with --as: secrets as they were captured');
  command.action((capture: string, id: SessionId, options: ShowOptions) =>
    exitWith(() => show(capture, id, options)),
  );
}
