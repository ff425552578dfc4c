/** The options of `record` and `open`, and what they mean for a host. */
import { type Command, Option } from 'commander';
import { BreakAt } from '#model/rules/flow-actions.ts';
import { safeLine } from '#model/safe-text.ts';
import { DEFAULT_ENGINE, engineNames } from '../engines.ts';
import type { HostOptions } from '../host-options.ts';
import { DATA_HELP } from './capture-argument.ts';
import { type EngineCliOptions, engineSettings, withEngineOptions } from './engine-options.ts';
import { gathered, portNumber, seconds } from './numbers.ts';
import { say } from './output.ts';
import { type RetentionOptions, retentionOf, withRetentionOptions } from './retention-options.ts';

export interface RecordOptions extends EngineCliOptions, RetentionOptions {
  readonly port?: number;
  readonly host?: string;
  readonly uiPort?: number;
  readonly data?: string;
  readonly capture?: string;
  readonly engine?: string;
  readonly upstreamCa?: readonly string[];
  readonly for?: number;
  readonly json?: boolean;
  readonly rules?: string;
  readonly script?: readonly string[];
  /** An option of `open`, and of checks. */
  readonly findings?: string;
  readonly break?: readonly string[];
  readonly breakAt?: BreakAt;
  readonly processLookup?: boolean;
}

export const withRecordOptions = (command: Command): Command =>
  withRetentionOptions(withEngineOptions(command))
    .option('--port <n>', 'port of the proxy; default 8866, or the next free one; 0: any', portNumber)
    .option('--host <addr>', 'address that the proxy listens on; default 127.0.0.1')
    .option('--ui-port <n>', 'port of the workbench; default: any', portNumber)
    .option('--data <dir>', DATA_HELP)
    .option('--capture <path>', 'default: a new one in the data folder, named by date and time')
    .option('--engine <name>', `${engineNames().join(' or ')}; default ${DEFAULT_ENGINE}`)
    .option('--upstream-ca <file>', 'trust these authorities too; may be given again', gathered)
    .option('--rules <file>', 'change traffic by these rules, and again whenever the file is saved')
    .option(
      '--script <file>',
      'run this script in a sandbox, see docs/scripts.md; may be given again',
      gathered,
    )
    .option(
      '--break <filter>',
      'pause what passes this filter and ask here how it goes on; may be given again',
      gathered,
    )
    .addOption(
      new Option('--break-at <where>', 'where --break pauses; default request').choices(BreakAt.options),
    )
    .option('--no-process-lookup', 'do not look up which program on this machine a connection comes from')
    .option('--for <seconds>', 'stop after this time', seconds)
    .option('--json', 'one JSON object a line: ready first, stopped last');

/** `SLUICE_BROWSER_FLAGS` holds more flags for browsers that Sluice starts, with blanks between them. */
export function hostOptions(options: RecordOptions, env: NodeJS.ProcessEnv = process.env): HostOptions {
  const { port, host, uiPort, data, capture, engine, upstreamCa, rules, script, findings } = options;
  const flags = (env.SLUICE_BROWSER_FLAGS ?? '').split(/\s+/).filter((flag) => flag !== '');
  const retention = retentionOf(options);
  return {
    ...(retention === undefined ? {} : { retention }),
    ...(port === undefined ? {} : { port }),
    ...(host === undefined ? {} : { host }),
    ...(uiPort === undefined ? {} : { uiPort }),
    ...(data === undefined ? {} : { dataFolder: data }),
    ...(capture === undefined ? {} : { capture }),
    ...(engine === undefined ? {} : { engine }),
    ...(rules === undefined ? {} : { rules }),
    ...(script === undefined ? {} : { scripts: script }),
    scriptSaid: (name, text) => say(safeLine(`${name}: ${text}`)),
    ...(findings === undefined ? {} : { findings }),
    rulesReloaded: (text) => say(`sluice: ${text}`),
    upstreamCaFiles: upstreamCa ?? [],
    ...(options.processLookup === false ? { processLookup: false } : {}),
    settings: engineSettings(options, env),
    browserFlags: flags,
  };
}
