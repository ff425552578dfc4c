/** The options of `sluice replay` as a plan: what changes, how often, how fast, until when. Reads the files that options name. */
import { readFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { SluiceError } from '#model/errors.ts';
import type { HeaderPair } from '#model/headers.ts';
import {
  type Extraction,
  MOST_PARALLEL,
  MOST_RATE,
  MOST_REQUESTS,
  PACED,
  type ReplayPlan,
} from '#model/replay/plan.ts';
import { valuesOf, valuesOfLines } from '#model/replay/values.ts';
import type { SessionId } from '#model/session.ts';
import { count, gathered } from './numbers.ts';

export interface ReplayOptions {
  readonly method?: string;
  readonly url?: string;
  readonly to?: string;
  readonly header?: readonly string[];
  readonly body?: string;
  readonly unconditional?: boolean;
  readonly set?: readonly string[];
  readonly vary?: readonly string[];
  readonly zip?: boolean;
  readonly count: number;
  readonly parallel: number;
  readonly rate: number;
  readonly delay: number;
  readonly ramp: number;
  readonly originalTiming?: number | true;
  readonly together?: boolean;
  readonly extract?: string;
  readonly stopStatus?: readonly string[];
  readonly stopFailure?: boolean;
  readonly stopChange?: boolean;
  readonly stopPattern?: string;
  readonly stopAfter?: number;
  readonly scope?: readonly string[];
  readonly scenario?: boolean;
  readonly without?: readonly string[];
}

const between = (min: number, max: number, what: string) => (text: string) => {
  const value = Number(text);
  if (/^\d+(?:\.\d+)?$/.test(text) && value >= min && value <= max) return value;
  throw new InvalidArgumentError(`give ${what} from ${min} to ${max}.`);
};
const upTo = (most: number) => (text: string) => {
  const value = count(text);
  if (value >= 1 && value <= most) return value;
  throw new InvalidArgumentError(`give a number from 1 to ${most}.`);
};
const milliseconds = between(0, 3_600_000, 'milliseconds');

export function headerPair(text: string): HeaderPair {
  const colon = text.indexOf(':');
  if (colon > 0) return [text.slice(0, colon).trim(), text.slice(colon + 1).trim()];
  throw new SluiceError('bad-header', `"${text}" is no header: write it as 'Name: value'.`);
}

async function fileBytes(file: string, what: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await readFile(file).catch((cause) => {
    throw new SluiceError('file-unreadable', `The ${what} in ${file} cannot be read: check the path.`, {
      cause,
    });
  });
  return new Uint8Array(bytes);
}

const bodyOf = async (text: string) =>
  text.startsWith('@') ? fileBytes(text.slice(1), 'body') : new TextEncoder().encode(text);

/** `part=value`; a JSON path may have a = in brackets, so the first one after those counts. */
function assignment(text: string): [part: string, value: string] {
  const at = /^(?:\[[^\]]*\]|[^=[])*=/.exec(text)?.[0].length;
  if (at !== undefined && at > 1) return [text.slice(0, at - 1), text.slice(at)];
  throw new SluiceError('usage', `"${text}" sets nothing: write it as PART=VALUE, like query.page=2.`);
}

async function variationOf(text: string): Promise<ReplayPlan['variations'][number]> {
  const [part, values] = assignment(text);
  if (!values.startsWith('@')) return { part, values: valuesOf(values) };
  const lines = valuesOfLines(new TextDecoder().decode(await fileBytes(values.slice(1), 'values')));
  if (lines.length > 0 && lines.length <= MOST_REQUESTS) return { part, values: lines };
  throw new SluiceError(
    'usage',
    `${values.slice(1)} has ${lines.length} values: give 1 to ${MOST_REQUESTS}.`,
  );
}

/** A JSON path begins with $, anything else is a pattern. */
const extraction = (text: string): Extraction => (text.startsWith('$') ? { json: text } : { pattern: text });

function paceOf({
  originalTiming,
  together,
  rate,
  parallel,
  delay,
  ramp,
}: ReplayOptions): ReplayPlan['pace'] {
  if (together) return { kind: 'together' };
  if (originalTiming !== undefined)
    return { kind: 'original', speed: originalTiming === true ? 1 : originalTiming };
  return { kind: 'paced', rate, parallel, delayMs: delay, rampMs: ramp };
}

/** @throws SluiceError `usage`, `bad-header`, `file-unreadable`, `too-large` */
export async function planOf(ids: readonly SessionId[], options: ReplayOptions): Promise<ReplayPlan> {
  const {
    method,
    url,
    to,
    unconditional,
    body,
    stopStatus,
    stopFailure,
    stopChange,
    stopPattern,
    stopAfter,
  } = options;
  const headers = (options.header ?? []).map(headerPair);
  const parts = (options.set ?? []).map((text) => {
    const [part, value] = assignment(text);
    return { part, value };
  });
  return {
    ids: [...ids],
    count: options.count,
    change: {
      ...(method === undefined ? {} : { method }),
      ...(url === undefined ? {} : { url }),
      ...(to === undefined ? {} : { origin: to }),
      ...(headers.length === 0 ? {} : { headers }),
      ...(body === undefined ? {} : { body: await bodyOf(body) }),
      ...(parts.length === 0 ? {} : { parts }),
      ...(unconditional === undefined ? {} : { unconditional }),
    },
    variations: await Promise.all((options.vary ?? []).map(variationOf)),
    combine: options.zip ? 'zip' : 'product',
    pace: paceOf(options),
    ...(options.extract === undefined ? {} : { extract: extraction(options.extract) }),
    stop: {
      ...(stopStatus === undefined ? {} : { statuses: [...stopStatus] }),
      ...(stopFailure === undefined ? {} : { failure: stopFailure }),
      ...(stopChange === undefined ? {} : { otherStatus: stopChange }),
      ...(stopPattern === undefined ? {} : { pattern: stopPattern }),
      ...(stopAfter === undefined ? {} : { afterMs: Math.round(stopAfter * 1000) }),
    },
    ...(options.scenario ? { scenario: { without: [...(options.without ?? [])] } } : {}),
    scope: [...(options.scope ?? [])],
  };
}

/** Exactly one request, of which the answer itself is wanted. */
export const isPlain = ({ ids, count: times, variations, extract, pace, scenario }: ReplayPlan): boolean =>
  scenario === undefined &&
  ids.length === 1 &&
  times === 1 &&
  variations.length === 0 &&
  extract === undefined &&
  pace.kind === 'paced';

export function withReplayOptions(command: Command): Command {
  return command
    .option('--method <m>', 'another method')
    .option('--url <u>', 'another URL')
    .option('--to <origin>', 'the same paths at another origin, https://host:port')
    .option('--header <line>', "'Name: value', replaces or adds; may be given again", gathered)
    .option('--body <text>', 'another body; @FILE reads it from a file')
    .option('--unconditional', 'without If-None-Match and its like, so that no answer is a 304')
    .option(
      '--set <part=value>',
      'query.NAME, header.NAME, cookie.NAME, form.NAME, path.2, $.json.path, method, body or text:TEXT; may be given again',
      gathered,
    )
    .option(
      '--vary <part=values>',
      'a request for each value: 1..20, 001..100/5, a,b,c or @FILE with one a line; may be given again',
      gathered,
    )
    .option('--zip', 'with several --vary: the first with the first, not every one with every other')
    .option('--count <n>', 'so many times', upTo(MOST_REQUESTS), 1)
    .option('--parallel <n>', 'so many at once', upTo(MOST_PARALLEL), PACED.parallel)
    .option(
      '--rate <n>',
      'requests a second at most; above 10 only with --scope',
      between(0.01, MOST_RATE, 'a rate'),
      PACED.rate,
    )
    .option('--delay <ms>', 'after each answer', milliseconds, 0)
    .option('--ramp <ms>', 'the time in which the rate grows to what it is', milliseconds, 0)
    .addOption(
      new Option('--original-timing [speed]', 'at the recorded intervals, divided by speed').argParser(
        between(0.01, 1000, 'a speed'),
      ),
    )
    .option('--together', 'all at one moment, their last octets in one go; only with --scope')
    .option('--scenario', 'one after the other, each with the tokens and ids that earlier answers gave')
    .option(
      '--without <name>',
      'leave this variable of the scenario as recorded; may be given again',
      gathered,
    )
    .option('--extract <what>', 'show a value of each answer: a JSON path ($.a) or a pattern')
    .option(
      '--stop-status <s>',
      'end after an answer with this status or class (429, 5xx); may be given again',
      gathered,
    )
    .option('--stop-failure', 'end after a request without an answer')
    .option('--stop-change', 'end after an answer with another status than recorded')
    .option('--stop-pattern <re>', 'end after an answer with this in it, or in what is extracted')
    .option('--stop-after <seconds>', 'end after this time', between(0.001, 86_400, 'seconds'))
    .option(
      '--scope <host>',
      'may get more than 10 requests a second: HOST, HOST:PORT or *.DOMAIN; may be given again',
      gathered,
    );
}
