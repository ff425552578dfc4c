/** The media type of a file by its extension, for answers that rules take from files. */
const TEXT = '; charset=utf-8';
const TYPES: Readonly<Record<string, string>> = {
  '.avif': 'image/avif',
  '.css': `text/css${TEXT}`,
  '.csv': `text/csv${TEXT}`,
  '.gif': 'image/gif',
  '.htm': `text/html${TEXT}`,
  '.html': `text/html${TEXT}`,
  '.ico': 'image/x-icon',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.js': `text/javascript${TEXT}`,
  '.json': 'application/json',
  '.map': 'application/json',
  '.mjs': `text/javascript${TEXT}`,
  '.mp4': 'video/mp4',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': `text/plain${TEXT}`,
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml',
};

/** `extension` with its dot; application/octet-stream for one that is not known. */
export const mediaTypeOf = (extension: string): string => {
  const key = extension.toLowerCase();
  return (Object.hasOwn(TYPES, key) ? TYPES[key] : undefined) ?? 'application/octet-stream';
};
