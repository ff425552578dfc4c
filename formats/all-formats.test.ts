import { describe, expect, it } from 'vitest';
import {
  ALL_FORMATS,
  exportFormat,
  exportFormatOfName,
  exportFormats,
  importFormat,
  importFormats,
  sniffFormat,
} from './all-formats.ts';

describe('the list of formats', () => {
  it('has each once, with names that nobody else has', () => {
    const ids = ALL_FORMATS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, extensions, importer, exporter } of ALL_FORMATS) {
      expect(id).toMatch(/^[a-z][a-z0-9-]*$/);
      for (const end of extensions) expect(end).toMatch(/^\.[a-z0-9.]+$/);
      expect(importer ?? exporter).toBeDefined();
    }
  });

  it('finds what is asked for by id', () => {
    for (const format of exportFormats()) expect(exportFormat(format.id)).toBe(format);
    for (const format of importFormats()) expect(importFormat(format.id)).toBe(format);
    const unknown = expect.objectContaining({
      code: 'unknown-format',
      message: expect.stringContaining('har'),
    });
    expect(() => exportFormat('doc')).toThrow(unknown);
    expect(() => importFormat('doc')).toThrow(unknown);
  });

  it('finds what the name of a file asks for', () => {
    for (const format of exportFormats()) {
      expect(exportFormatOfName(`/tmp/A${format.extensions[0].toUpperCase()}`)).toBe(format);
    }
    expect(() => exportFormatOfName('har')).toThrow(expect.objectContaining({ code: 'unknown-format' }));
  });

  it('knows a file by its bytes', () => {
    expect(sniffFormat(Buffer.from('{"log":{"version":"1.2"'), 'noname').id).toBe('har');
    expect(() => sniffFormat(Buffer.from([0x89, 0x50, 0x4e, 0x47]), 'photo.png')).toThrow(
      expect.objectContaining({
        code: 'unknown-format',
        message: expect.stringContaining('photo.png is in no'),
      }),
    );
    expect(() => sniffFormat(new Uint8Array(), '')).toThrow(/^The file is/);
  });
});
