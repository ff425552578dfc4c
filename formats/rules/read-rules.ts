/** Rules of other tools, told apart by what is in the file: settings of Charles, .farx of Fiddler, config.yaml of mitmproxy. */
import { SluiceError } from '#model/errors.ts';
import { Rule } from '#model/rules/rule.ts';
import { type ImportedRules, RuleCollector } from './imported.ts';
import { readCharles } from './read-charles.ts';
import { readFarx } from './read-farx.ts';
import { readMitmproxyOptions } from './read-mitmproxy.ts';
import { readXml } from './xml.ts';

async function read(text: string): Promise<ImportedRules> {
  if (/^\ufeff?\s*</.test(text)) {
    const root = readXml(text);
    return root.name === 'AutoResponder' ? readFarx(root) : readCharles(root);
  }
  const { parse } = await import('yaml');
  let data: unknown;
  try {
    data = parse(text, { maxAliasCount: 0 });
  } catch (cause) {
    throw new SluiceError('bad-file', 'This is neither XML nor YAML that can be read.', { cause });
  }
  return readMitmproxyOptions(data);
}

/** What no rule can be made of is a note, whatever the reason. @throws SluiceError `bad-file`, `too-large` */
export async function readForeignRules(text: string): Promise<ImportedRules> {
  const { rules, notes } = await read(text);
  const into = new RuleCollector();
  into.notes.push(...notes);
  for (const rule of rules) {
    const result = Rule.safeParse(rule);
    if (result.success) into.add(rule);
    else into.note(rule.name, result.error.issues[0]?.message ?? 'It cannot be a rule here.');
  }
  return into.done();
}
