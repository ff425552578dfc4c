/** What the worker does for one question. Pure, so that tests need no worker. */
import { callFields } from '#formats/compare/call-fields.ts';
import { decodeText } from '../../views/content/charset.ts';
import { classifyBody, formatLanguageOf } from '../../views/content/classify.ts';
import { formatText } from '../../views/format/format.ts';
import { withHeaderSets } from './field-rows.ts';
import { lineRows } from './line-rows.ts';
import type { CompareQuestion, CompareResult, TypedBody } from './protocol.ts';

function readText({ bytes, contentType }: TypedBody) {
  const language = formatLanguageOf(classifyBody(contentType, bytes.subarray(0, 2048), bytes.length));
  return { text: decodeText(bytes, contentType).text, language };
}

/** Laid out by each one's own language; undefined where one of them has none, or is not of the language that it claims. */
function layOut(texts: readonly ReturnType<typeof readText>[]): string[] | undefined {
  const laid: string[] = [];
  for (const { text, language } of texts) {
    if (text === '') laid.push('');
    else if (language === undefined) return undefined;
    else {
      try {
        laid.push(formatText(language, text).text);
      } catch {
        return undefined;
      }
    }
  }
  return laid;
}

export function answerQuestion(question: CompareQuestion): CompareResult {
  if (question.kind === 'fields') {
    const { call } = question;
    return { kind: 'fields', fields: withHeaderSets(callFields(call), call.session) };
  }
  const texts = [readText(question.a), readText(question.b)];
  const laid = question.pretty ? layOut(texts) : undefined;
  const [a = '', b = ''] = laid ?? texts.map(({ text }) => text);
  return { kind: 'lines', lines: lineRows(a, b), pretty: laid !== undefined };
}
