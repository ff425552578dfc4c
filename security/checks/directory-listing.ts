/** Pages by which a server lists the files of a folder. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf } from '../reading/head-fields.ts';
import { inBody } from '../reading/html-tags.ts';
import { API, cweUrl, TOP, zap } from '../taxonomy.ts';

const LISTINGS =
  /<title>Index of \/[^<]{0,300}<\/title>|<h1>Index of \/[^<]{0,300}<\/h1>|<(?:title|h1|h2)>Directory listing for \/[^<]{0,300}<\/|<title>[^<]{0,200} - \/[^<]{0,200}<\/title>[\s\S]{0,2000}<pre><A HREF="\/[^"]{0,200}">\[To Parent Directory\]<\/A>|\[To Parent Directory\]<\/A>|<title>Directory Listing (?:For|of|-|:)[^<]{0,200}<\/title>|<h1>Directory Listing For \[?\/|<title>listing directory \/[^<]{0,200}<\/title>|<h1>Directory: \/[^<]{0,200}<\/h1>|<title>Directory: \/[^<]{0,200}<\/title>|<ListBucketResult xmlns="http:\/\/(?:s3\.amazonaws|doc\.s3\.amazonaws|s3)\b|<EnumerationResults (?:ServiceEndpoint|ContainerName)="|<h1>Directory listing of [^<]{0,200}<\/h1>|<title>Folder Listing|<title>Files within [^<]{0,200}<\/title>/i;

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { success, html } = factsOf(input);
  const { mime } = input.response;
  const text = input.response.text?.slice(0, 16 * 1024);
  if (text === undefined || !success || !(html || /xml$/.test(mime ?? ''))) return;
  const found = LISTINGS.exec(text);
  // A feed may have any title.
  if (found === null || (!html && !/^<(?:ListBucket|EnumerationResults)/.test(found[0]))) return;
  yield {
    parameter: 'body',
    detail: 'The server lists the files of a folder.',
    evidence: [inBody({ start: found.index, end: found.index + found[0].length })],
  };
}

export const directoryListing: Check = {
  info: {
    id: 'directory-listing',
    title: 'Directory listing',
    severity: 'medium',
    cwe: [548],
    owasp: [API[8], TOP[5]],
    what: 'The server answers with a list of the files in a folder or storage bucket.',
    why: 'Backups, configurations and files that no page links to are found by looking.',
    fix: 'Switch listings off (Options -Indexes, autoindex off, directoryBrowse enabled="false") and take list rights of buckets away.',
    references: [zap(10033), cweUrl(548)],
  },
  confidence: 'high',
  run,
};
