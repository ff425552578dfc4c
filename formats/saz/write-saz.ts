/**
 * Sessions as a Fiddler session archive (SAZ), streamed: one session in memory at a time. Secrets are written as captured: redaction
 * comes before this.
 */
import type { FullSession } from '#model/session.ts';
import type { WriteOptions } from '../format.ts';
import { type FileToZip, writeZip } from '../zip/write-zip.ts';
import { sessionFiles } from './write-session.ts';

/** OPC part types, without which .NET's packaging does not open the archive. */
const CONTENT_TYPES =
  '<?xml version="1.0" encoding="utf-8"?>\r\n' +
  '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
  '<Default Extension="htm" ContentType="text/html" /><Default Extension="xml" ContentType="application/xml" />' +
  '<Default Extension="txt" ContentType="text/plain" /></Types>';

/** Fiddler pads numbers so that names sort; how many sessions come is not known beforehand. */
const DIGITS = 6;

/** The archive's bytes. `readSaz` gives the same sessions back, but for what `losses` names. */
export async function* writeSaz(
  sessions: AsyncIterable<FullSession>,
  { losses, creatorVersion, password }: WriteOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  const text = (value: string) => new TextEncoder().encode(value);
  async function* files(): AsyncGenerator<FileToZip> {
    yield { name: '[Content_Types].xml', bytes: text(CONTENT_TYPES) };
    let number = 0;
    for await (const full of sessions) {
      number += 1;
      const name = `raw/${String(number).padStart(DIGITS, '0')}`;
      const { request, response, metadata, messages } = sessionFiles(full, losses);
      yield { name: `${name}_c.txt`, bytes: request };
      yield { name: `${name}_m.xml`, bytes: text(metadata ?? '') };
      if (messages !== undefined) yield { name: `${name}_w.txt`, bytes: messages };
      yield { name: `${name}_s.txt`, bytes: response ?? new Uint8Array() };
    }
    const count = `${number} ${number === 1 ? 'session' : 'sessions'}`;
    const page = `<!DOCTYPE html><html><head><title>Sessions</title></head><body><p>${count}, written by Sluice.</p></body></html>`;
    yield { name: '_index.htm', bytes: text(page) };
  }
  const comment = `Sluice ${creatorVersion}`;
  yield* writeZip(files(), { comment, ...(password === undefined ? {} : { password }) });
}
