/**
 * A rule that answers a request as it was answered in a recorded session. The rule stands by itself: what was recorded is in it, or in a file beside the
 * rules, so that it goes on working without the capture.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SluiceError } from '#model/errors.ts';
import { isConnectionField, isFieldValue, isToken } from '#model/rules/parts.ts';
import { Rule, type RuleInput } from '#model/rules/rule.ts';
import type { SessionId } from '#model/session.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import { readDecoded, sessionOf } from '../bodies.ts';

/** Longer bodies would make the rule file unreadable. */
const MAX_INLINE = 16 * 1024;
const MAX_BODY = 64 * 1024 * 1024;
/** Of a folder beside the rule file. */
const FOLDER = 'rule-bodies';
/** True of the answer as it was sent, not of the one that is given. */
const LEFT_OUT = new Set([
  'content-encoding',
  'content-md5',
  'content-digest',
  'repr-digest',
  'digest',
  'age',
]);

/** Text as YAML can hold it in lines. */
function inlineText(bytes: Uint8Array): string | undefined {
  if (bytes.length > MAX_INLINE) return undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what is no text is what is looked for
    return /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]/.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  const base = wanted.slice(0, 180);
  let name = base;
  for (let number = 2; taken.has(name); number += 1) name = `${base} (${number})`;
  return name;
}

async function keepBody(ruleFile: string, id: SessionId, bytes: Uint8Array): Promise<string> {
  const folder = join(dirname(ruleFile), FOLDER);
  const name = `session-${id}-${Date.now().toString(36)}`;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(join(folder, name), bytes, { mode: 0o600 });
  } catch (cause) {
    throw new SluiceError('file-unwritable', `The body could not be written to ${folder}.`, { cause });
  }
  return `${FOLDER}/${name}`;
}

/** @throws SluiceError `not-found` for a session that is not there or has no whole answer */
export async function ruleFromSession(
  store: CaptureStore,
  id: SessionId,
  ruleFile: string,
  taken: ReadonlySet<string>,
): Promise<Rule> {
  const session = await sessionOf(store, id);
  const { row, response } = session;
  if (response === undefined || !response.body.complete || response.head.status < 200) {
    throw new SluiceError('not-found', `Session ${id} has no whole answer that a rule could give.`);
  }
  const decoded = await readDecoded(store, session, 'response', MAX_BODY);
  if (decoded.problem !== undefined) {
    throw new SluiceError('too-large', `The answer of session ${id} cannot be used: ${decoded.problem}.`);
  }
  const text = inlineText(decoded.bytes);
  const headers = response.head.headers.filter(
    ([name, value]) =>
      isToken(name) && isFieldValue(value) && !isConnectionField(name) && !LEFT_OUT.has(name.toLowerCase()),
  );
  const body = text === undefined ? { file: await keepBody(ruleFile, id, decoded.bytes) } : { body: text };
  const rule: RuleInput = {
    name: freeName(`${row.method} ${row.host}${row.path}`, taken),
    when: { url: { exact: row.url }, request: `method=${row.method}` },
    actions: [{ action: 'answer', status: response.head.status, headers: asFields(headers), ...body }],
  };
  return Rule.parse(rule);
}

/** A map reads better, where no name comes twice. */
function asFields(headers: readonly [string, string][]): [string, string][] | Record<string, string> {
  const names = new Set(headers.map(([name]) => name.toLowerCase()));
  return names.size === headers.length
    ? Object.fromEntries(headers)
    : headers.map(([name, value]) => [name, value]);
}
