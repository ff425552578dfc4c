/** What each option amounts to; that it is what curl itself does is shown in read-curl.test.ts. */
import { describe, expect, it } from 'vitest';
import { Losses } from '../losses.ts';
import { CollectedSettings } from './collected-settings.ts';
import { curlArguments } from './curl-arguments.ts';

function collected(args: string[], input?: string) {
  const losses = new Losses();
  const settings = new CollectedSettings(losses, input);
  for (const one of curlArguments(args)) if (one.name !== 'url') settings.take(one);
  return { settings, lost: losses.report().losses.map(({ what, detail }) => `${what}: ${detail}`) };
}

describe('headers', () => {
  it('are added, emptied or switched off', () => {
    const { settings } = collected(['-H', 'A: b', '-H', 'E;', '-H', 'Accept:', '-H', 'nothing', '-H', 'X;y']);
    expect(settings.headers.map(({ name, value }) => [name, value])).toEqual([
      ['A', 'b'],
      ['E', ''],
    ]);
    expect(settings.removed).toEqual(new Set(['accept']));
  });
});

describe('data', () => {
  it.each([
    [['-d', 'a'], 'data', 'a'],
    [['--data-raw', '@a'], 'data', '@a'],
    [['-d', '@-'], 'data', 'xy'],
    [['--data-binary', '@-'], 'data', 'x\ny\0'],
    [['--json', '@-'], 'json', 'x\ny\0'],
    [['--data-urlencode', 'a@-'], 'urlencode', 'a=x%0Ay%00'],
    [['--data-urlencode', '=a b'], 'urlencode', 'a%20b'],
    [['--data-urlencode', '@-'], 'urlencode', 'x%0Ay%00'],
  ])('%j', (args, kind, text) => {
    const { settings, lost } = collected(args, 'x\ny\0');
    expect(settings.data).toEqual([{ kind, text }]);
    expect(lost).toEqual([]);
  });

  it('of files is lost', () => {
    expect(collected(['-d', '@f', '-H', '@h', '-b', 'jar.txt', '--data-binary', '@-']).lost).toEqual([
      'content of a file: f',
      'content of a file: h',
      'content of a file: jar.txt',
      'content of a file: -',
    ]);
  });
});

describe('parts of a form', () => {
  it.each([
    ['a=b;type=text/html', { name: 'a', content: 'b', type: 'text/html' }],
    ['a="x;y\\"z";filename="f"', { name: 'a', content: 'x;y"z', fileName: 'f' }],
    ['a=@dir/f.png', { name: 'a', content: '', fileName: 'f.png', type: 'application/octet-stream' }],
    ['a=@f;type=image/png;filename=g', { name: 'a', content: '', fileName: 'g', type: 'image/png' }],
    ['a=<f', { name: 'a', content: '' }],
    ['alone', { name: 'alone', content: '' }],
  ])('%s', (value, part) => {
    expect(collected(['-F', value]).settings.parts).toEqual([part]);
  });

  it('that are only strings have nothing special', () => {
    expect(collected(['--form-string', 'a=@b;type=c']).settings.parts).toEqual([
      { name: 'a', content: '@b;type=c' },
    ]);
  });
});

it('what is about output means nothing; what is about the connection is lost', () => {
  const { lost } = collected([
    '-sSvL',
    '-o',
    'f',
    '-w',
    'x',
    '--retry',
    '3',
    '--http2',
    '--proxy',
    'p',
    '-k',
    '--unknown',
  ]);
  expect(lost).toEqual([
    'option of curl: --proxy',
    'option of curl: --insecure',
    'option of curl: --unknown',
  ]);
});
