/** `sluice rules`: says what a rule file means and what is wrong with it, and tries its rules out on a capture. */
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { readForeignRules } from '#formats/rules/read-rules.ts';
import { SluiceError } from '#model/errors.ts';
import { explainRule } from '#model/rules/explain.ts';
import { RULE_PRESETS } from '#model/rules/presets.ts';
import { Rule, type RuleSet } from '#model/rules/rule.ts';
import { safeLine } from '#model/safe-text.ts';
import { compileRules } from '#proxy-core/intercept/compile-rule.ts';
import { openCapture } from '../../open-capture.ts';
import { placeProblems, problemLines, readRuleText, writeRuleText } from '../../rules/rule-file.ts';
import { tryOut } from '../../rules/try-out.ts';
import { capturePath, type DataOption, withCapture } from '../capture-argument.ts';
import { exitWith } from '../exit-code.ts';
import { say, sayNotices, write, writeLine } from '../output.ts';

const textOf = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((cause) => {
    throw new SluiceError('file-unreadable', `The rules in ${file} cannot be read: check the path.`, {
      cause,
    });
  });

/** @throws SluiceError `file-unreadable`, `bad-rules` naming every faulty line */
async function rulesIn(file: string): Promise<RuleSet> {
  const text = await textOf(file);
  const read = readRuleText(text);
  if (!read.ok) throw new SluiceError('bad-rules', problemLines(file, read.problems));
  const sources = { folder: dirname(resolve(file)), session: async () => undefined };
  const compiled = compileRules(read.rules, sources);
  if (!compiled.ok)
    throw new SluiceError('bad-rules', problemLines(file, placeProblems(text, compiled.problems)));
  return read.rules;
}

async function check(file: string): Promise<0> {
  const { rules } = await rulesIn(file);
  for (const rule of rules) {
    const off = rule.enabled ? '' : ' (off)';
    await writeLine(safeLine(`${rule.name}${off}: ${explainRule(rule)}`));
  }
  await writeLine(`${rules.length} rules, nothing wrong with them`);
  return 0;
}

async function tryRules(file: string, capture: string, options: DataOption & { json?: boolean }): Promise<0> {
  const { rules } = await rulesIn(file);
  await using store = await openCapture(await capturePath(capture, options), 'read');
  sayNotices(store);
  for (const rule of rules) {
    const result = await tryOut(store, rule, resolve(file));
    if (options.json) {
      await writeLine(JSON.stringify({ rule: rule.name, ...result }));
      continue;
    }
    await writeLine(safeLine(`${rule.name}: would have changed ${result.changed} of ${result.total}`));
    for (const { id, url, changes } of result.examples) {
      await writeLine(safeLine(`  ${id} ${url}`));
      for (const { part, before, after } of changes) {
        await writeLine(safeLine(`    ${part}: ${before ?? 'nothing'} → ${after ?? 'nothing'}`));
      }
    }
  }
  return 0;
}

async function presets(): Promise<0> {
  const rules = RULE_PRESETS.map(({ make }) => ({ ...Rule.parse(make('')), enabled: false }));
  await write(writeRuleText({ version: 1, groups: [], rules }));
  return 0;
}

/** Rules of another tool as a rule file; what has no counterpart is told. */
async function importRules(file: string, { out }: { out?: string }): Promise<0> {
  const { rules, notes } = await readForeignRules(await textOf(file));
  const set = { version: 1 as const, groups: [], rules: rules.map((rule) => Rule.parse(rule)) };
  const text = writeRuleText(set);
  if (out === undefined) await write(text);
  else {
    await writeFile(out, text, { mode: 0o600, flag: 'wx' }).catch((cause) => {
      throw new SluiceError('file-unwritable', `${out} cannot be written: it may be there already.`, {
        cause,
      });
    });
  }
  for (const { what, why } of notes) say(safeLine(`sluice: not the same: ${what}: ${why}`));
  say(`sluice: ${rules.length} rules of ${file}; ${notes.length} notes`);
  return 0;
}

export function addRules(program: Command): void {
  const rules = program.command('rules').description('what rule files say, and what they would do');
  rules
    .command('check <file>')
    .description('says each rule in words, or what is wrong with the file, by line')
    .action((file: string) => exitWith(() => check(file)));
  withCapture(rules.command('try').argument('<file>', 'a rule file'))
    .description('how many sessions of a capture each rule would have changed, and how')
    .option('--json', 'one JSON object a rule')
    .action((file: string, capture: string, options: DataOption & { json?: boolean }) =>
      exitWith(() => tryRules(file, capture, options)),
    );
  rules
    .command('import <file>')
    .description('rules of Charles (XML settings), Fiddler (.farx) or mitmproxy (config.yaml) as a rule file')
    .option('--out <file>', 'a new file; default: standard output')
    .action((file: string, options: { out?: string }) => exitWith(() => importRules(file, options)));
  rules
    .command('presets')
    .description('rules that are often wanted, as a rule file to start from; all are off')
    .action(() => exitWith(presets));
}
