/**
 * `sluice probe`: sends recorded requests again without their credentials, to see whether the server asks for any. Only to hosts named with
 * --scope, only methods without side effects unless --unsafe, a bounded number at a bounded rate. Exit 1 when an endpoint is open.
 */
import type { Command } from 'commander';
import { PROBES } from '#security/probes/index.ts';
import type { ProbeResult } from '#security/probes/probe-result.ts';
import { scopeOf } from '#security/probes/scope.ts';
import { probeJson, probeSummary, probeText } from '#security/reports/probe-report.ts';
import { filterOf } from '../../filter-text.ts';
import { allIds } from '../../har-transfer.ts';
import { openCapture } from '../../open-capture.ts';
import { createPacer } from '../../pacer.ts';
import { COMPARED_BYTES, planProbe, runProbe } from '../../probe-capture.ts';
import { capturePath, withCapture } from '../capture-argument.ts';
import { type CaptureHost, captureHost, type HostOption } from '../capture-host.ts';
import { exitWith } from '../exit-code.ts';
import { gathered, perSecond, requests } from '../numbers.ts';
import { say, writeLine } from '../output.ts';

interface ProbeOptions extends HostOption {
  readonly filter: string;
  readonly scope?: readonly string[];
  readonly unsafe?: boolean;
  readonly limit: number;
  readonly rate: number;
  readonly json?: boolean;
}

/** Sends through the host; the session that this makes says what it is for. */
const senderOf =
  ({ client, send }: CaptureHost, comment: string) =>
  async (request: Parameters<CaptureHost['send']>[0]) => {
    const session = await send(request);
    const { id } = session.row;
    await client.call('sessions.annotate', { ids: [id], comment });
    const range = { id, side: 'response', decoded: true, start: 0, end: COMPARED_BYTES } as const;
    const { data } = await client.call('sessions.body', range);
    return { session, responseBody: data };
  };

async function probeCapture(argument: string, options: ProbeOptions): Promise<0 | 1> {
  const scope = scopeOf(options.scope ?? []);
  const filter = filterOf(options.filter);
  const capture = await capturePath(argument, options);
  await using store = await openCapture(capture, 'read');
  const ids = await allIds(store, filter);
  const pacer = createPacer(options.rate);
  const { unsafe = false, limit } = options;
  let found = 0;
  for (const probe of PROBES) {
    const plan = await planProbe(store, ids, probe, { scope, unsafe, limit });
    await using host = plan.targets.length > 0 ? await captureHost(capture, options) : undefined;
    const results: ProbeResult[] = [];
    if (host) {
      const send = senderOf(host, `probe: ${probe.info.title.toLowerCase()}`);
      for await (const result of runProbe(plan.targets, { store, probe, scope, pacer, send })) {
        results.push(result);
        await tell(result, host, options);
      }
    }
    found += results.filter(({ finding }) => finding !== undefined).length;
    for (const line of probeSummary(results, plan.skipped)) say(line);
  }
  return found > 0 ? 1 : 0;
}

/** To whoever reads the output, and to the capture. */
async function tell(result: ProbeResult, { client }: CaptureHost, { json }: ProbeOptions): Promise<void> {
  if (result.finding) await client.call('findings.add', { findings: [result.finding] });
  if (json) await writeLine(probeJson(result));
  else for (const line of probeText(result)) await writeLine(line);
}

export function addProbe(program: Command): void {
  withCapture(program.command('probe'))
    .description(
      'send recorded requests again without credentials; exit 1 when an endpoint answers all the same',
    )
    .option(
      '--scope <host>',
      'may be sent to: HOST, HOST:PORT or *.DOMAIN; may be given again; nothing else is',
      gathered,
    )
    .option('--filter <text>', 'only sessions that pass, as in the workbench', '')
    .option('--unsafe', 'methods that may change something too, not only GET and HEAD')
    .option('--limit <n>', 'requests at most, up to 1000', requests, 100)
    .option('--rate <n>', 'requests a second, up to 10', perSecond, 5)
    .option('--upstream-ca <file>', 'trust these authorities too; may be given again', gathered)
    .option('--json', 'one request as a JSON object a line')
    .action((capture: string, options: ProbeOptions) => exitWith(() => probeCapture(capture, options)));
}
