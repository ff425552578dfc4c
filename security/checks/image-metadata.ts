/** Places and owners that JPEG pictures tell in their metadata (EXIF). Reads the head of the file, and of it only what it needs. */
import type { Severity } from '#model/session.ts';
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { inBody } from '../reading/html-tags.ts';
import { API, cweUrl, TOP, zap } from '../taxonomy.ts';

interface Told {
  readonly what: string;
  readonly parameter: string;
  readonly start: number;
  readonly end: number;
  readonly severity: Severity;
}

const SOI = 0xffd8;
const APP1 = 0xe1;
const SOS = 0xda;
const GPS_POINTER = 0x8825;
const EXIF_POINTER = 0x8769;
/** Tags of people and things: names, numbers by which a device is known. */
const PRIVATE: Readonly<Record<number, string>> = {
  315: 'the name of its author',
  42032: 'the name of the owner of the camera',
  42033: 'the serial number of the camera',
  42037: 'the serial number of the lens',
  40093: 'the name of its author',
};
const MAX_ENTRIES = 500;

/** What an EXIF block tells: [start, end) of the body, whose TIFF header begins at `tiff`. */
function* readExif(bytes: Buffer, tiff: number, end: number): Iterable<Told> {
  const little = bytes.toString('latin1', tiff, tiff + 2) === 'II';
  const u16 = (at: number) => (at + 2 > end ? 0 : little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
  const u32 = (at: number) => (at + 4 > end ? 0 : little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const queue = [u32(tiff + 4)];
  const seen = new Set<number>();
  for (let offset = queue.shift(); offset !== undefined; offset = queue.shift()) {
    const ifd = tiff + offset;
    if (offset < 8 || ifd + 2 > end || seen.has(offset) || seen.size > 8) continue;
    seen.add(offset);
    const count = Math.min(u16(ifd), MAX_ENTRIES);
    for (let i = 0; i < count; i++) {
      const entry = ifd + 2 + 12 * i;
      if (entry + 12 > end) break;
      const tag = u16(entry);
      const length = u32(entry + 4);
      if (tag === EXIF_POINTER) queue.push(u32(entry + 8));
      else if (tag === GPS_POINTER) {
        const gps = tiff + u32(entry + 8);
        const tags = Array.from({ length: Math.min(gps + 2 > end ? 0 : u16(gps), 40) }, (_, n) =>
          u16(gps + 2 + 12 * n),
        );
        if (tags.includes(2) && tags.includes(4)) {
          yield {
            what: 'where it was taken',
            parameter: 'GPS',
            start: entry,
            end: entry + 12,
            severity: 'low',
          };
        }
      } else if (PRIVATE[tag] !== undefined && length > 4) {
        const at = tiff + u32(entry + 8);
        const value = bytes.toString('latin1', at, Math.min(at + length, end)).replace(/[\0\s]/g, '');
        if (value !== '')
          yield {
            what: PRIVATE[tag] ?? '',
            parameter: `EXIF ${tag.toString(16)}`,
            start: entry,
            end: entry + 12,
            severity: 'info',
          };
      }
    }
  }
}

function* toldBy(bytes: Buffer): Iterable<Told> {
  if (bytes.length < 20 || bytes.readUInt16BE(0) !== SOI) return;
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === SOS) return;
    const length = bytes.readUInt16BE(at + 2);
    if (length < 2) return;
    const end = Math.min(at + 2 + length, bytes.length);
    if (marker === APP1 && bytes.toString('latin1', at + 4, at + 10) === 'Exif\0\0')
      yield* readExif(bytes, at + 10, end);
    at += 2 + length;
  }
}

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { bytes, mime } = input.response;
  if (mime !== 'image/jpeg' && mime !== 'image/jpg') return;
  for (const { what, parameter, start, end, severity } of toldBy(
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length),
  )) {
    yield { parameter, detail: `The picture tells ${what}.`, evidence: [inBody({ start, end })], severity };
  }
}

export const imageMetadata: Check = {
  info: {
    id: 'image-metadata',
    title: 'Picture tells where it was taken or whose it is',
    severity: 'info',
    cwe: [200],
    owasp: [API[3], TOP[4]],
    what: 'A JPEG picture holds the place where it was taken, or names and serial numbers, in its metadata.',
    why: 'A picture of a thing or a pet tells where somebody lives.',
    fix: 'Remove metadata from pictures when they are uploaded, before anybody else can fetch them.',
    references: [zap(10103), cweUrl(200)],
  },
  confidence: 'high',
  run,
};
