/** Every file format, in the order in which they are offered and in which a file is sniffed: the first that knows it reads it. */
import type { FormatInfo } from '#model/contract/contract.ts';
import { SluiceError } from '#model/errors.ts';
import { CSV_FORMAT } from './csv/write-csv.ts';
import { CURL_FORMAT, CURL_POWERSHELL_FORMAT } from './curl/curl-format.ts';
import type { Exporter, Format, Importer } from './format.ts';
import { nameWithin } from './gzip.ts';
import { HAR_FORMAT } from './har/har-format.ts';
import { ZIPPED_HAR_FORMAT } from './har/zipped-har.ts';
import { HTTP_FILE_FORMAT } from './http-file/write-http-file.ts';
import { MITMPROXY_FORMAT } from './mitmproxy/read-flows.ts';
import { NDJSON_BODIES_FORMAT, NDJSON_FORMAT } from './ndjson/write-ndjson.ts';
import { OPENAPI_FORMAT, OPENAPI_YAML_FORMAT } from './openapi/write-openapi.ts';
import { SAZ_FORMAT } from './saz/saz-format.ts';

export const ALL_FORMATS: readonly Format[] = [
  HAR_FORMAT,
  SAZ_FORMAT,
  ZIPPED_HAR_FORMAT,
  MITMPROXY_FORMAT,
  OPENAPI_FORMAT,
  OPENAPI_YAML_FORMAT,
  HTTP_FILE_FORMAT,
  CURL_FORMAT,
  CURL_POWERSHELL_FORMAT,
  NDJSON_BODIES_FORMAT,
  NDJSON_FORMAT,
  CSV_FORMAT,
];

export type ImportFormat = Format & { readonly importer: Importer };
export type ExportFormat = Format & { readonly exporter: Exporter };

const reads = (format: Format): format is ImportFormat => format.importer !== undefined;
const writes = (format: Format): format is ExportFormat => format.exporter !== undefined;
const names = (formats: readonly Format[]) => formats.map(({ id }) => id).join(', ');

export const importFormats = (): ImportFormat[] => ALL_FORMATS.filter(reads);
export const exportFormats = (): ExportFormat[] => ALL_FORMATS.filter(writes);

/** The list as a workbench needs it. */
export const formatInfos = (): FormatInfo[] =>
  ALL_FORMATS.map(({ id, title, extensions, importer, exporter }) => ({
    id,
    title,
    extensions: [...extensions],
    reads: importer !== undefined,
    writes: exporter !== undefined,
    password: exporter?.takesPassword ?? false,
  }));

/** @throws SluiceError `unknown-format` */
export function importFormat(id: string): ImportFormat {
  const found = importFormats().find((format) => format.id === id);
  if (found) return found;
  throw new SluiceError(
    'unknown-format',
    `There is no format "${id}" to read: use one of ${names(importFormats())}.`,
  );
}

/** @throws SluiceError `unknown-format` */
export function exportFormat(id: string): ExportFormat {
  const found = exportFormats().find((format) => format.id === id);
  if (found) return found;
  throw new SluiceError(
    'unknown-format',
    `There is no format "${id}" to write: use one of ${names(exportFormats())}.`,
  );
}

/** The format that a file's name asks for, compressed or not. @throws SluiceError `unknown-format` */
export function exportFormatOfName(name: string): ExportFormat {
  const lower = nameWithin(name).toLowerCase();
  const found = exportFormats().find(({ extensions }) => extensions.some((end) => lower.endsWith(end)));
  if (found) return found;
  throw new SluiceError(
    'unknown-format',
    `The name ${name} does not say which format is meant: give one of ${names(exportFormats())}.`,
  );
}

/** The format that knows a file by its first bytes or its name. @throws SluiceError `unknown-format` */
export function sniffFormat(start: Uint8Array, name: string): ImportFormat {
  const found = importFormats().find(({ importer }) => importer.sniff(start, name));
  if (found) return found;
  const titles = importFormats().map(({ title }) => title);
  throw new SluiceError(
    'unknown-format',
    `${name === '' ? 'The file' : name} is in no format that Sluice reads: ${titles.join(', ')}.`,
  );
}
