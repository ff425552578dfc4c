/**
 * Requests out of curl command lines, as people copy them from browsers and documents: for bash, cmd and PowerShell, and PowerShell's own
 * Invoke-WebRequest. Nothing of the text is run; what only a running shell would know is reported as lost.
 */
import { SluiceError } from '#model/errors.ts';
import type { Losses } from '../losses.ts';
import { readable, utf8ByteString } from '../octets.ts';
import {
  checkCount,
  checkSize,
  type ImportedRequest,
  importedRequest,
  type RequestParts,
} from '../requests/imported-request.ts';
import { bashWords } from './bash-words.ts';
import { cmdWords } from './cmd-words.ts';
import { curlArguments, curlConfig, type Setting } from './curl-arguments.ts';
import { powershellWords } from './powershell-words.ts';
import { requestsOfSettings } from './request-of-settings.ts';
import type { ShellCommand, ShellText } from './shell-command.ts';
import { isWebRequest, readWebRequests } from './web-request.ts';

const CURL = /^(?:.*[\\/])?curl(?:\.exe)?$/i;

/** Whether `text` begins like something that `readCurl` reads. */
export const looksLikeCurl = (text: string): boolean =>
  /^\s*(?:[$>%#]\s+)?(?:curl(?:\.exe)?\s|invoke-webrequest\s|invoke-restmethod\s|iwr\s|irm\s|\$session\s*=)/i.test(
    text,
  );

/** By what only one of the shells writes; bash where nothing tells. */
function shellOf(text: string): (text: string) => ShellText {
  if (/\^(?:"|[ \t]*\n)/.test(text)) return cmdWords;
  if (/`[ \t]*\n|@['"][ \t]*\n|\bcurl\.exe\b/.test(text)) return powershellWords;
  return bashWords;
}

/** The settings of one command; a config file on standard input is read into its place. */
function settingsOf({ words, input }: ShellCommand): { settings: Setting[]; input?: string } {
  const settings = curlArguments(words.slice(1));
  if (input === undefined || !settings.some(({ name, value }) => name === 'config' && value === '-')) {
    return { settings, ...(input === undefined ? {} : { input }) };
  }
  return {
    settings: settings.flatMap((one) =>
      one.name === 'config' && one.value === '-' ? curlConfig(input) : [one],
    ),
  };
}

/** Settings between `--next`s: each part is a command of its own. */
function parts(settings: readonly Setting[]): Setting[][] {
  const all: Setting[][] = [[]];
  for (const setting of settings) {
    if (setting.name === 'next') all.push([]);
    else all.at(-1)?.push(setting);
  }
  return all;
}

/**
 * The requests of the text, of every command in it. Losses are settled by the number of the request, from 1.
 * @throws SluiceError `bad-file` when there is none or the text is cut off, `too-large`
 */
export function readCurl(text: string, losses: Losses): ImportedRequest[] {
  checkSize(text);
  // A prompt that was copied with the command.
  const script = utf8ByteString(text.replaceAll('\r\n', '\n').replace(/^\s*[$>%#][ \t]+/, ''));
  const requests: ImportedRequest[] = [];
  const add = (found: readonly RequestParts[]) => {
    for (const request of found) {
      checkCount(requests.length);
      requests.push(importedRequest(request, losses));
      losses.settle(requests.length);
    }
  };
  if (isWebRequest(script) && !/^\s*curl/i.test(script)) add(readWebRequests(script, losses));
  else {
    const { commands, unknown } = shellOf(script)(script);
    for (const one of unknown) losses.add('what the shell would have put in its place', readable(one));
    for (const command of commands) {
      if (!CURL.test(command.words[0] ?? '')) continue;
      const { settings, input } = settingsOf(command);
      for (const part of parts(settings)) add(requestsOfSettings(part, input, losses));
    }
  }
  if (requests.length > 0) return requests;
  throw new SluiceError('bad-file', 'There is no curl command with an address in this text.');
}
