import { describe, expect, it } from 'vitest';
import { pasted } from './pasted-filter.ts';

describe('a filter that is pasted', () => {
  it('is translated where it is mitmproxy’s', () => {
    expect(pasted('', 0, 0, ' ~d acme.test & !~c 404\n')).toEqual({
      text: 'host~acme.test and not status=404',
      cursor: 33,
    });
  });

  it('takes the place of what is selected', () => {
    expect(pasted('size>1kb old x', 9, 12, '~m POST')).toEqual({
      text: 'size>1kb method~POST x',
      cursor: 20,
    });
    expect(pasted('a ', null, null, '~e')).toMatchObject({ text: 'a error!=""' });
  });

  it('goes its usual way else, also where a form has no counterpart', () => {
    for (const text of ['host:acme', '~', 'a~b', 'path~^/x', '~udp', '']) {
      expect(pasted('', 0, 0, text), text).toBeUndefined();
    }
  });
});
