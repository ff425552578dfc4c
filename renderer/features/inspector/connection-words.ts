/** Connections of an exchange in words: which one, whether it was there before, which stream of it. */
import type { ExchangeFacts } from '#model/session.ts';
import { inspectorText } from './text.ts';

const words = inspectorText.overview;

function joined(
  connection: number | undefined,
  stream: number | undefined,
  more?: string,
): string | undefined {
  const parts = [
    connection === undefined ? undefined : String(connection),
    stream === undefined ? undefined : words.stream(stream),
    connection === undefined ? undefined : more,
  ].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join(', ') : undefined;
}

/** "3", "3, stream 63"; undefined when nothing is known. */
export const clientConnectionWords = ({
  clientConnection,
  clientStream,
}: ExchangeFacts): string | undefined => joined(clientConnection, clientStream);

/** "43, reused", "43, stream 61, new". */
export const serverConnectionWords = (facts: ExchangeFacts): string | undefined =>
  joined(facts.serverConnection, facts.serverStream, facts.serverReused ? words.reused : words.fresh);

/** "curl", "curl (4711)". */
export const processWords = (name: string, id: number | undefined): string =>
  id === undefined ? name : `${name} (${id})`;

/** As its RFC calls it: HTTP/2 and HTTP/3 have no minor versions. */
export const versionWord = (httpVersion: string): string => httpVersion.replace(/^(HTTP\/[23])\.0$/, '$1');

/** "HTTP/2", or "HTTP/2 → HTTP/1.1" when Sluice spoke another version to the server. */
export function versionWords(httpVersion: string, { serverHttpVersion }: ExchangeFacts): string {
  const client = versionWord(httpVersion);
  const server = versionWord(serverHttpVersion ?? httpVersion);
  return client === server ? client : `${client} → ${server}`;
}
