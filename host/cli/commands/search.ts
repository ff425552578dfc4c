/** `sluice search`: text or a pattern anywhere in a capture, a hit a line as they are found. Exit 1 when there is none. */
import { type Command, InvalidArgumentError } from 'commander';
import { SEARCH_PLACES, type SearchPlace, type SearchProgress, type SearchQuery } from '#model/search.ts';
import { openCaptureSearch } from '../../search.ts';
import { capturePath, type DataOption, withCapture } from '../capture-argument.ts';
import { exitWith } from '../exit-code.ts';
import { foundLines, hitJson, summaryOf } from '../hit-lines.ts';
import { count } from '../numbers.ts';
import { say, writeLine } from '../output.ts';
import { startProgressLine } from '../progress-line.ts';

interface SearchCommandOptions extends DataOption {
  readonly regex?: boolean;
  readonly case?: boolean;
  readonly word?: boolean;
  readonly in: readonly SearchPlace[];
  readonly filter: string;
  readonly newest?: boolean;
  readonly limit: number;
  readonly json?: boolean;
}

const MOST = 100_000;
const NAMES: Readonly<Record<string, readonly SearchPlace[]>> = {
  ...Object.fromEntries(SEARCH_PLACES.map((place) => [place, [place]])),
  body: ['request-body', 'response-body'],
  messages: ['message'],
};

function places(text: string): SearchPlace[] {
  return text.split(',').flatMap((name) => {
    const named = Object.hasOwn(NAMES, name.trim()) ? NAMES[name.trim()] : undefined;
    if (named !== undefined) return named;
    throw new InvalidArgumentError(`give some of ${Object.keys(NAMES).join(', ')}, with commas.`);
  });
}

function limited(text: string): number {
  const value = count(text);
  if (value >= 1 && value <= MOST) return value;
  throw new InvalidArgumentError(`give a number from 1 to ${MOST}.`);
}

/** Ctrl-C ends the search with what was found by then. */
function stopAtSignal(): { readonly signal: AbortSignal } & Disposable {
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  process.once('SIGINT', onSignal);
  return { signal: stop.signal, [Symbol.dispose]: () => void process.off('SIGINT', onSignal) };
}

async function search(capture: string, text: string, options: SearchCommandOptions): Promise<0 | 1 | 3> {
  const query: SearchQuery = {
    text,
    regex: options.regex === true,
    caseSensitive: options.case === true,
    wholeWord: options.word === true,
    places: [...options.in],
    filter: options.filter,
    newestFirst: options.newest === true,
    limit: options.limit,
  };
  await using found = openCaptureSearch(await capturePath(capture, options), { index: false });
  using interrupt = stopAtSignal();
  using line = startProgressLine();
  let hits = 0;
  let inSessions = 0;
  let last: SearchProgress | undefined;
  for await (const item of found.find(query, interrupt.signal)) {
    for (const one of item.found) {
      line.clear();
      const lines = options.json
        ? one.hits.map((hit) => hitJson(one, hit))
        : foundLines(one, process.stdout.isTTY);
      for (const each of lines) await writeLine(each);
      hits += one.hits.length;
      inSessions += 1;
    }
    last = item.progress;
    line.show(`${last.looked} of ${last.total} sessions, ${hits} ${hits === 1 ? 'hit' : 'hits'}`);
  }
  line.clear();
  if (interrupt.signal.aborted) say('Stopped before all sessions were looked at.');
  if (last !== undefined && !options.json)
    for (const sentence of summaryOf(last, hits, inSessions)) say(sentence);
  if (hits > 0) return 0;
  return interrupt.signal.aborted ? 3 : 1;
}

export function addSearch(program: Command): void {
  withCapture(program.command('search'))
    .argument('<text>', 'what to look for; `hex:` and octets for bytes')
    .description(
      'find text anywhere in a capture: URLs, heads, decoded bodies, messages; exit 1 when there is none',
    )
    .option('--regex', 'a pattern (RE2), not text')
    .option('--case', 'upper and lower case are different')
    .option('--word', 'whole words only')
    .option('--in <places>', `only in these, with commas: ${Object.keys(NAMES).join(', ')}`, places, [
      ...SEARCH_PLACES,
    ])
    .option('--filter <text>', 'only in sessions that pass, as in the workbench', '')
    .option('--newest', 'newest sessions first')
    .option('--limit <n>', 'stop after so many hits', limited, MOST)
    .option('--json', 'one JSON object a hit and line')
    .action((capture: string, text: string, options: SearchCommandOptions) =>
      exitWith(() => search(capture, text, options)),
    );
}
