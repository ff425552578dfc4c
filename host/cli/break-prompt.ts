/**
 * Breakpoints on a terminal: what is paused is shown, one after the other, and what is typed says how it goes on. When the input ends nobody is there any
 * more, and everything goes on unchanged. Says what it says on standard error, beside what a program may be reading.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { toSluiceError } from '#model/errors.ts';
import { type PausedItem, PausedResolution } from '#model/rules/paused.ts';
import type { Breakpoints } from '#proxy-core/intercept/breakpoints.ts';
import type { RuleStore } from '../rules/rule-store.ts';
import {
  breakpointsAfter,
  type Edited,
  HELP,
  pausedLine,
  pausedText,
  readPausedText,
  typedAt,
} from './break-commands.ts';
import { say } from './output.ts';

const PROMPT = 'break> ';

export interface PromptOptions {
  readonly breakpoints: Breakpoints;
  /** Those that are set, which what is typed may change. @throws SluiceError `filter-syntax` */
  readonly rules?: Pick<RuleStore, 'breakpoints' | 'setBreakpoints'>;
  readonly input?: NodeJS.ReadableStream;
  readonly env?: NodeJS.ProcessEnv;
}

/** Opens the text in the user's editor. @returns the text as it was left, undefined without an editor */
async function inEditor(text: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const editor = env.VISUAL || env.EDITOR;
  if (!editor) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'sluice-break-'));
  const file = join(folder, 'message.txt');
  try {
    await writeFile(file, text, { mode: 0o600 });
    // The variable may hold a command with options; the file's name has nothing that a shell would read.
    const child = spawn(`${editor} "${file}"`, { shell: true, stdio: 'inherit' });
    await new Promise<void>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', () => resolve());
    });
    return await readFile(file, 'utf8');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Begins to show what is paused. What it answers ends it. */
export function breakPrompt({
  breakpoints,
  rules,
  input = process.stdin,
  env = process.env,
}: PromptOptions): AsyncDisposable {
  const here = breakpoints.attend();
  const lines = createInterface({ input, terminal: false });
  let current: { readonly item: PausedItem; edited: Edited } | undefined;
  let busy = false;

  const next = () => {
    if (current !== undefined && breakpoints.item(current.item.id) !== undefined) return;
    if (current !== undefined) current = undefined;
    const [item] = breakpoints.items;
    if (item === undefined) return;
    current = { item, edited: { kind: 'go' } };
    say(`${pausedLine(item)}\n(go, drop, answer, set, body, edit, show, help)`);
    process.stderr.write(PROMPT);
  };
  const watching = breakpoints.onChange(next);

  async function edit(item: PausedItem, edited: Edited): Promise<Edited> {
    const text = await inEditor(pausedText(item, edited), env);
    if (text === undefined) say('Set VISUAL or EDITOR to the editor you want.');
    const read = text === undefined ? edited : readPausedText(item, text);
    if (typeof read === 'object') return read;
    say(read);
    return edited;
  }

  /** Whether the line set breakpoints. */
  function sets(line: string): boolean {
    const after = rules && breakpointsAfter(line, rules.breakpoints);
    if (rules === undefined || after === undefined) return false;
    try {
      rules.setBreakpoints(after);
      say(
        after.length === 0 ? 'No breakpoints.' : after.map(({ filter, at }) => `${at}: ${filter}`).join('\n'),
      );
    } catch (error) {
      say(toSluiceError(error).message);
    }
    return true;
  }

  async function typed(line: string): Promise<void> {
    if (sets(line)) return;
    const at = current;
    if (at === undefined) {
      if (line.trim() !== '') say('Nothing is paused.');
      return;
    }
    if (line.trim() === 'edit') {
      at.edited = await edit(at.item, at.edited);
      process.stderr.write(PROMPT);
      return;
    }
    const meant = typedAt(at.item, at.edited, line);
    if (meant.kind === 'show') say(meant.text);
    if (meant.kind === 'edited') at.edited = meant.edited;
    if (meant.kind === 'resolved') {
      const checked = PausedResolution.safeParse(meant.resolution);
      if (checked.success) {
        if (!breakpoints.resolve(at.item.id, checked.data)) say('It has gone on by itself meanwhile.');
        if (meant.all) breakpoints.releaseAll();
        return;
      }
      say(checked.error.issues[0]?.message ?? HELP);
      at.edited = { kind: 'go' };
    }
    process.stderr.write(PROMPT);
  }

  const waiting: string[] = [];
  const work = async () => {
    if (busy) return;
    busy = true;
    for (let line = waiting.shift(); line !== undefined; line = waiting.shift()) await typed(line);
    busy = false;
  };
  lines.on('line', (line) => {
    waiting.push(line);
    void work();
  });
  lines.on('close', () => here[Symbol.dispose]());
  next();
  return {
    async [Symbol.asyncDispose]() {
      watching[Symbol.dispose]();
      here[Symbol.dispose]();
      lines.close();
    },
  };
}
