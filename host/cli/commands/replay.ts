/**
 * `sluice replay`: sends sessions again, changed where options say so, into the same capture. The host that is writing the capture does it
 * where there is one; else an engine is started for it. One request shows its answer; more of them are a table. Exit 1 when an answer did not
 * come.
 */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { replayCsvHeader, replayCsvRow, replayJson } from '#formats/replay/replay-results.ts';
import { SluiceError } from '#model/errors.ts';
import type { ReplayPlan, ReplayProgress, ReplayRow } from '#model/replay/plan.ts';
import type { SessionId } from '#model/session.ts';
import { filterOf } from '../../filter-text.ts';
import { allIds } from '../../har-transfer.ts';
import { openCapture } from '../../open-capture.ts';
import { changer } from '../../replay/outgoing.ts';
import { recordedSessions } from '../../replay/recorded.ts';
import { capturePath, withCapture } from '../capture-argument.ts';
import { type CaptureHost, captureHost, type HostOption } from '../capture-host.ts';
import { exitWith } from '../exit-code.ts';
import { gathered, sessionNumber } from '../numbers.ts';
import { say, write, writeLine } from '../output.ts';
import { startProgressLine } from '../progress-line.ts';
import { replayLine, replaySummary, replayTitles, variableLine } from '../replay-lines.ts';
import { isPlain, planOf, type ReplayOptions, withReplayOptions } from '../replay-options.ts';
import { rowJson } from '../row-line.ts';
import { stopSignal } from '../stop-signal.ts';
import { sessionText } from './show.ts';

interface CommandOptions extends HostOption, ReplayOptions {
  readonly filter?: string;
  readonly format: 'table' | 'json' | 'csv';
  readonly json?: boolean;
}

/** The one request that a plain plan sends; read here, so that what is wrong with it is an error of the command. */
async function plainRequest(capture: string, plan: ReplayPlan) {
  await using store = await openCapture(capture, 'read');
  const change = changer(plan.change, []);
  const [id = 0] = plan.ids;
  const { session, body } = await recordedSessions(store, change.decodes).request(id);
  const { headers, body: bytes, ...request } = change.request(session, body, []);
  return { ...request, headers: [...headers], body: new Uint8Array(bytes) };
}

async function replayOne(
  host: CaptureHost,
  plan: ReplayPlan,
  capture: string,
  json: boolean,
): Promise<0 | 1> {
  const session = await host.send(await plainRequest(capture, plan));
  await writeLine(json ? rowJson(session.row) : sessionText(session));
  return session.row.state === 'completed' ? 0 : 1;
}

type Format = CommandOptions['format'];

const FORMATS: Readonly<
  Record<
    Format,
    {
      title?: (parts: readonly string[]) => string;
      row: (parts: readonly string[], row: ReplayRow) => string;
    }
  >
> = {
  table: { title: (parts) => `${replayTitles(parts)}\n`, row: (parts, row) => `${replayLine(parts, row)}\n` },
  csv: { title: replayCsvHeader, row: (_, row) => replayCsvRow(row) },
  json: { row: (parts, row) => `${replayJson(parts, row)}\n` },
};

async function replayMany({ client }: CaptureHost, plan: ReplayPlan, format: Format): Promise<0 | 1> {
  const parts = plan.variations.map(({ part }) => part);
  const { title, row: text } = FORMATS[format];
  using stopping = stopSignal();
  using line = startProgressLine();
  if (plan.scenario !== undefined) {
    const { variables } = await client.call('replay.variables', { ids: plan.ids });
    const left = new Set(plan.scenario.without);
    say(`${variables.length} values of answers are used in later requests:`);
    for (const one of variables) say(variableLine(one) + (left.has(one.name) ? ' (left as recorded)' : ''));
  }
  const { id, total } = await client.call('replay.start', plan);
  const cancel = () => void client.call('replay.cancel', { id }).catch(() => undefined);
  stopping.signal.addEventListener('abort', cancel, { once: true });
  if (stopping.signal.aborted) cancel();
  const rows: ReplayRow[] = [];
  let last: ReplayProgress | undefined;
  if (title !== undefined) await write(title(parts));
  for await (const progress of client.open('replay.watch', { id })) {
    last = progress;
    line.clear();
    for (const row of progress.rows) {
      rows.push(row);
      await write(text(parts, row));
    }
    line.show(`${rows.length} of ${total} answered`);
  }
  line.clear();
  if (last === undefined || last.state === 'failed') {
    throw new SluiceError('internal', last?.reason ?? 'The replay was lost.');
  }
  say(replaySummary(last, rows));
  return last.state !== 'cancelled' && rows.every(({ status }) => status !== undefined) ? 0 : 1;
}

async function idsOf(capture: string, numbers: readonly SessionId[], filter: string | undefined) {
  if (filter === undefined) return numbers;
  await using store = await openCapture(capture, 'read');
  const found = await allIds(store, filterOf(filter));
  const all = [...new Set([...numbers, ...found])];
  if (all.length > 0) return all;
  throw new SluiceError('not-found', 'No session passes the filter, so there is nothing to send.');
}

async function replay(
  argument: string,
  numbers: readonly SessionId[],
  options: CommandOptions,
): Promise<0 | 1> {
  const capture = await capturePath(argument, options);
  const ids = await idsOf(capture, numbers, options.filter);
  if (ids.length === 0) throw new SluiceError('usage', 'Say which sessions: their numbers, or --filter.');
  const plan = await planOf(ids, options);
  const format = options.json ? 'json' : options.format;
  const plain = isPlain(plan) && format !== 'csv';
  // Before a host is started for it: a session that is not there is an error at once.
  if (plain) await plainRequest(capture, plan);
  await using host = await captureHost(capture, options);
  // Awaited here: the host goes when this is left.
  return await (plain ? replayOne(host, plan, capture, format === 'json') : replayMany(host, plan, format));
}

const sessionNumbers = (text: string, before: readonly SessionId[] = []): SessionId[] => [
  ...before,
  sessionNumber(text),
];

function formatNamed(text: string): Format {
  if (text === 'table' || text === 'json' || text === 'csv') return text;
  throw new InvalidArgumentError('give table, json or csv.');
}

export function addReplay(program: Command): void {
  const command = withCapture(program.command('replay'))
    .argument('[ids...]', 'numbers of the sessions, in the order in which they are sent', sessionNumbers)
    .description('send sessions again, changed where you say so, once or many times')
    .option('--filter <text>', 'all sessions that pass, as in the workbench');
  withReplayOptions(command)
    .option('--upstream-ca <file>', 'trust these authorities too; may be given again', gathered)
    .addOption(
      new Option('--format <f>', 'of the results: table, json (one object a line) or csv')
        .argParser(formatNamed)
        .default('table'),
    )
    .option('--json', 'the same as --format json; of one request, the new session')
    .action((capture: string, ids: readonly SessionId[] | undefined, options: CommandOptions) =>
      exitWith(() => replay(capture, ids ?? [], options)),
    );
}
