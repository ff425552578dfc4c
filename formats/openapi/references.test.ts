import { describe, expect, it } from 'vitest';
import { Losses } from '../losses.ts';
import { createReferences } from './references.ts';

function resolved(document: unknown, value: unknown) {
  const losses = new Losses();
  const result = createReferences(document, losses).resolve(value);
  return { result, lost: losses.report().losses.map(({ what, detail }) => `${what}: ${detail}`) };
}
const ref = ($ref: string) => ({ $ref });

describe('a reference', () => {
  it('is what it points to, through others and escapes', () => {
    const document = { a: { 'b/c~d e': { x: 1 } }, list: [0, ref('#/a/b~1c~0d%20e')] };
    expect(resolved(document, ref('#/list/1'))).toEqual({ result: { x: 1 }, lost: [] });
    expect(resolved(document, ref('#')).result).toBe(document);
    expect(resolved(document, { plain: 1 }).result).toEqual({ plain: 1 });
    expect(resolved(document, undefined).result).toBeUndefined();
  });

  it.each([
    ['#/nothing', 'reference to nothing: #/nothing'],
    ['#/__proto__/x', 'reference to nothing: #/__proto__/x'],
    ['#/a', 'reference in a circle: #/a'],
    ['other.yaml#/x', 'reference to another file: other.yaml#/x'],
    ['https://evil.test/x', 'reference to another file: https://evil.test/x'],
    ['#/%', 'reference to nothing: #/%'],
  ])('%s is nothing, and is told', (target, lost) => {
    expect(resolved({ a: ref('#/b'), b: ref('#/a') }, ref(target))).toEqual({
      result: undefined,
      lost: [lost],
    });
  });

  it('is told once however often it is used', () => {
    const losses = new Losses();
    const references = createReferences({}, losses);
    for (let i = 0; i < 5; i += 1) references.resolve(ref('#/x'));
    expect(losses.report().counts).toEqual([{ what: 'reference to nothing', count: 1 }]);
  });
});
