/** Page sizes that are taken as asked for, however large. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf } from '../reading/head-fields.ts';
import { parameters } from '../reading/parameters.ts';
import { API, cweUrl, TOP } from '../taxonomy.ts';

const SIZE =
  /^(?:limit|size|page_?size|per_?page|count|take|top|\$top|max|max_?results|rows|num|items|page\[size\]|first|last|length|batch_?size)$/i;
/** In a body these are mostly of the thing that is sent: a file's size, a product's count. */
const OF_THINGS = /^(?:size|count|length|num|max|items|rows|first|last|top)$/i;
/** What a page is at most, where somebody thought of it. */
const LARGE = 1000;

/** How many members the longest array of a JSON body has, by its paths. */
function longest(input: CheckInput): number {
  let most = 0;
  for (const { side, place, path } of parameters(input)) {
    if (side !== 'response' || place !== 'json') continue;
    const index = /^[^[]*\[(\d+)\]/.exec(path)?.[1];
    if (index !== undefined) most = Math.max(most, Number(index) + 1);
  }
  return most;
}

function* run(input: CheckInput): Iterable<FindingDraft> {
  if (!factsOf(input).success) return;
  for (const { side, place, name, path, value, evidence } of parameters(input)) {
    if (side !== 'request' || (place !== 'query' && place !== 'json' && place !== 'form')) continue;
    if (!SIZE.test(name) || !/^-?\d{1,12}$/.test(value)) continue;
    if (place !== 'query' && OF_THINGS.test(name) && longest(input) === 0) continue;
    const asked = Number(value);
    const got = longest(input);
    const endless = asked === -1 || asked === 0;
    const honoured = endless
      ? got > LARGE
      : asked >= LARGE && got > 100 && got >= Math.min(asked, LARGE) * 0.5;
    // Refused without a word, or nothing more there: both look the same.
    const accepted = asked >= 10 * LARGE && !capped(input, asked);
    if (!honoured && !accepted) continue;
    yield {
      parameter: path,
      detail: honoured
        ? `The endpoint gave ${got} entries in one page, as asked for.`
        : 'The endpoint took a page size far beyond any page.',
      evidence: [evidence],
      ...(honoured ? {} : { severity: 'low', threshold: 'medium' }),
    };
  }
}

/** Whether the answer says that it takes another size, or gives exactly a round one. */
function capped(input: CheckInput, asked: number): boolean {
  const got = longest(input);
  if ([10, 20, 25, 30, 50, 100, 200, 250, 500, 1000].includes(got)) return true;
  return parameters(input).some(
    ({ side, place, name, value }) =>
      side === 'response' &&
      place === 'json' &&
      SIZE.test(name) &&
      /^\d{1,9}$/.test(value) &&
      Number(value) < asked,
  );
}

export const unboundedPage: Check = {
  info: {
    id: 'unbounded-page',
    title: 'Page size without a bound',
    severity: 'medium',
    cwe: [770],
    owasp: [API[4], TOP[4]],
    what: 'A parameter for the size of a page was taken as asked for, far beyond what a page is.',
    why: 'One request makes the server read and send everything it has: it is slow for all, and copies the data.',
    fix: 'Set a largest page size on the server, and refuse or cut what is asked beyond it.',
    references: [
      'https://owasp.org/API-Security/editions/2023/en/0xa4-unrestricted-resource-consumption/',
      cweUrl(770),
    ],
  },
  confidence: 'medium',
  run,
};
