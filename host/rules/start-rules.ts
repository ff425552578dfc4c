/** Makes the interception of a host and puts the rules of its file, and its scripts, in force. */
import { SluiceError } from '#model/errors.ts';
import { enabledRules } from '#model/rules/rule.ts';
import { Interception } from '#proxy-core/intercept/interception.ts';
import type { Note } from '#proxy-core/intercept/step.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import type { DataFolder } from '../data-folder.ts';
import { DEFAULT_ENGINE } from '../engines.ts';
import type { HostOptions } from '../host-options.ts';
import { MockCaptures } from '../mock/mock-captures.ts';
import { startFinishedPump } from '../scripts/finished-pump.ts';
import { ScriptStore } from '../scripts/script-store.ts';
import { problemLines } from './rule-file.ts';
import { openRules, type RuleStore } from './rule-store.ts';
import { sessionAnswer } from './session-answer.ts';

export interface StartedRules extends AsyncDisposable {
  readonly interception: Interception;
  readonly rules: RuleStore;
  readonly scripts: ScriptStore;
  /** What the user should know of them. */
  readonly notices: readonly string[];
}

/** @throws SluiceError `bad-rules`, `bad-script`, `file-unreadable`; `usage` for an engine that has no rules */
export async function startRules(
  {
    rules: asked,
    rulesReloaded,
    scripts: files = [],
    scriptSaid,
    engine = DEFAULT_ENGINE,
  }: Pick<HostOptions, 'rules' | 'rulesReloaded' | 'scripts' | 'scriptSaid' | 'engine'>,
  folder: DataFolder,
  store: CaptureStore,
): Promise<StartedRules> {
  if (asked && engine !== DEFAULT_ENGINE) {
    throw new SluiceError('usage', `The engine ${engine} has no rules: leave out --rules, or --engine.`);
  }
  if (files.length > 0 && engine !== DEFAULT_ENGINE) {
    throw new SluiceError('usage', `The engine ${engine} has no scripts: leave out --script, or --engine.`);
  }
  await using stack = new AsyncDisposableStack();
  const scripts = stack.use(
    await ScriptStore.open({ folder: folder.scripts, files, ...(scriptSaid && { said: scriptSaid }) }),
  );
  const mocks = stack.use(new MockCaptures());
  const note = (id: number, given: Note) => void annotate(store, id, given);
  const interception = new Interception({
    sources: {
      folder: folder.path,
      session: (id) => sessionAnswer(store, id),
      script: (file, wanted) => scripts.port(file, wanted),
      mock: mocks.source,
    },
    note,
  });
  stack.use(startFinishedPump(store, scripts, note));
  const file = asked || folder.rules;
  const rules = stack.use(
    await openRules({
      file,
      demanded: typeof asked === 'string',
      interception,
      scripts,
      reloaded: (problems, { rules: loaded }) =>
        rulesReloaded?.(
          problems.length > 0
            ? `${problemLines(file, problems)}\nThe rules in force are those from before.`
            : `${loaded.length} rules loaded from ${file}.`,
        ),
    }),
  );
  await scripts.settled();
  const { problems, rules: set } = rules.state();
  const notices = problems.length > 0 ? [`No rules are in force: ${problemLines(file, problems)}`] : [];
  const on = enabledRules(set).length;
  if (on > 0) notices.push(`${on} ${on === 1 ? 'rule is' : 'rules are'} in force, from ${file}.`);
  const running = scripts.scripts.filter((script) => script.on);
  for (const script of running) notices.push(`The script ${script.file} runs.`);
  const parts = stack.move();
  return { interception, rules, scripts, notices, [Symbol.asyncDispose]: () => parts.disposeAsync() };
}

/** The session's row is on disk once what was written before is. */
async function annotate(store: CaptureStore, id: number, { mark, comment }: Note): Promise<void> {
  try {
    await store.flush();
    await store.annotate([id], {
      ...(mark === undefined ? {} : { mark }),
      ...(comment === undefined ? {} : { comment }),
    });
  } catch {
    // The capture is being closed: the mark is not worth its end.
  }
}
