/** Which grammar colours which language. JSON has one of its own here, which tells keys from values; the rest come with the editor. */
import { languages } from 'monaco-editor/editor';
import 'monaco-editor/languages/definitions/css/register';
import 'monaco-editor/languages/definitions/graphql/register';
import 'monaco-editor/languages/definitions/html/register';
import 'monaco-editor/languages/definitions/javascript/register';
import 'monaco-editor/languages/definitions/markdown/register';
import 'monaco-editor/languages/definitions/typescript/register';
import 'monaco-editor/languages/definitions/xml/register';
import 'monaco-editor/languages/definitions/yaml/register';

languages.register({ id: 'json' });
languages.setLanguageConfiguration('json', {
  brackets: [
    ['{', '}'],
    ['[', ']'],
  ],
  autoClosingPairs: [
    { open: '{', close: '}' },
    { open: '[', close: ']' },
    { open: '"', close: '"', notIn: ['string'] },
  ],
  wordPattern: /(-?\d+(?:\.\d+)?)|([^[{\]}:",\s]+)/,
});
languages.setMonarchTokensProvider('json', {
  tokenizer: {
    root: [
      [/"(?:[^"\\]|\\.)*"(?=\s*:)/, 'key'],
      [/"(?:[^"\\]|\\.)*"?/, 'string'],
      [/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/, 'number'],
      [/\b(?:true|false|null)\b/, 'keyword'],
      [/[{}[\],:]/, 'delimiter'],
    ],
  },
});

languages.register({ id: 'form' });
languages.setMonarchTokensProvider('form', {
  tokenizer: {
    root: [
      [/[^=&]+(?==)/, 'key'],
      [/[=&]/, 'delimiter'],
      [/%[0-9a-fA-F]{2}|\+/, 'number'],
      [/[^=&%+]+/, 'string'],
    ],
  },
});
