import { testCheck } from '../testing/test-check.ts';
import { imageMetadata } from './image-metadata.ts';

/** A JPEG's beginning with one directory of these entries [tag, type, count, value], and what lies behind it. */
function jpeg(
  entries: readonly (readonly [number, number, number, number])[],
  behind: Buffer = Buffer.alloc(0),
) {
  const ifd = Buffer.alloc(2 + 12 * entries.length + 4);
  ifd.writeUInt16LE(entries.length, 0);
  for (const [i, [tag, type, count, value]] of entries.entries()) {
    ifd.writeUInt16LE(tag, 2 + 12 * i);
    ifd.writeUInt16LE(type, 4 + 12 * i);
    ifd.writeUInt32LE(count, 6 + 12 * i);
    ifd.writeUInt32LE(value, 10 + 12 * i);
  }
  const tiff = Buffer.concat([Buffer.from('II*\0'), Buffer.from([8, 0, 0, 0]), ifd, behind]);
  const exif = Buffer.concat([Buffer.from('Exif\0\0'), tiff]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(exif.length + 2);
  return new Uint8Array(
    Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe1]), length, exif, Buffer.from([0xff, 0xda, 0, 2])]),
  );
}
const picture = (responseBody: Uint8Array, type = 'image/jpeg') => ({
  url: 'https://a.test/1.jpg',
  responseHeaders: [['Content-Type', type]] as [string, string][],
  responseBody,
});
const BEHIND_ONE = 8 + 2 + 12 + 4;
const gps = (tags: readonly number[]) => {
  const ifd = Buffer.alloc(2 + 12 * tags.length + 4);
  ifd.writeUInt16LE(tags.length, 0);
  for (const [i, tag] of tags.entries()) ifd.writeUInt16LE(tag, 2 + 12 * i);
  return ifd;
};
const WITH_PLACE = jpeg([[0x8825, 4, 1, BEHIND_ONE]], gps([1, 2, 3, 4]));

testCheck(imageMetadata, {
  readsMedia: true,
  finds: [picture(WITH_PLACE), picture(jpeg([[0xa431, 2, 9, BEHIND_ONE]], Buffer.from('SN123456\0')))],
  passes: [
    picture(jpeg([[0x0110, 2, 9, BEHIND_ONE]], Buffer.from('Pinhole 1\0'))),
    picture(jpeg([[0x8825, 4, 1, BEHIND_ONE]], gps([0]))),
    picture(jpeg([])),
    picture(WITH_PLACE, 'image/png'),
    picture(new Uint8Array([0xff, 0xd8, 0xff])),
    picture(WITH_PLACE.subarray(0, 30)),
  ],
});
