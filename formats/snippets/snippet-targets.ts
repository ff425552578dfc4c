/** What a request can be copied as: the names only, so that menus need not load what makes the text. */
import type { Language } from './string-literals.ts';

export interface SnippetTarget {
  /** For `--as` and actions; never renamed. */
  readonly id: string;
  /** "Python (requests)" */
  readonly title: string;
  /** Where the library has it. */
  readonly library: { readonly target: string; readonly client: string; readonly language: Language };
}

const of = (
  id: string,
  title: string,
  target: string,
  client: string,
  language: Language,
): SnippetTarget => ({
  id,
  title,
  library: { target, client, language },
});

/** In the order of menus. */
export const SNIPPET_TARGETS: readonly SnippetTarget[] = [
  of('python', 'Python (requests)', 'python', 'requests', 'python'),
  of('node-fetch', 'Node.js (fetch)', 'node', 'fetch', 'javascript'),
  of('node-axios', 'Node.js (axios)', 'node', 'axios', 'javascript'),
  of('go', 'Go', 'go', 'native', 'go'),
  of('java', 'Java (HttpClient)', 'java', 'nethttp', 'java'),
  of('java-okhttp', 'Java (OkHttp)', 'java', 'okhttp', 'java'),
  of('kotlin', 'Kotlin (OkHttp)', 'kotlin', 'okhttp', 'kotlin'),
  of('csharp', 'C# (HttpClient)', 'csharp', 'httpclient', 'csharp'),
  of('csharp-restsharp', 'C# (RestSharp)', 'csharp', 'restsharp', 'csharp'),
  of('php', 'PHP (cURL)', 'php', 'curl', 'php'),
  of('php-guzzle', 'PHP (Guzzle)', 'php', 'guzzle', 'php'),
  of('ruby', 'Ruby', 'ruby', 'native', 'ruby'),
  of('rust', 'Rust (reqwest)', 'rust', 'reqwest', 'rust'),
  of('swift', 'Swift', 'swift', 'urlsession', 'swift'),
  of('c', 'C (libcurl)', 'c', 'libcurl', 'c'),
  of('powershell', 'PowerShell', 'powershell', 'restmethod', 'powershell'),
  of('httpie', 'HTTPie', 'shell', 'httpie', 'shell'),
  of('wget', 'Wget', 'shell', 'wget', 'shell'),
];
