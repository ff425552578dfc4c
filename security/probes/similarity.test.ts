import { describe, expect, it } from 'vitest';
import { similarity } from './similarity.ts';

const json = (value: unknown, mime = 'application/json') => ({
  mime,
  body: Buffer.from(JSON.stringify(value)),
});
const text = (body: string, mime: string | undefined = 'text/html') => ({ mime, body: Buffer.from(body) });
const order = (id: number, more = {}) => ({
  id,
  customer: { name: `n${id}`, email: 'e' },
  items: [{ sku: 'a', price: 1 }],
  ...more,
});

describe('alike in shape are', () => {
  it('two JSON answers of one kind, whatever their values and how long their lists', () => {
    expect(similarity(json(order(1)), json(order(2)))).toBe(1);
    expect(similarity(json([order(1)]), json([order(2), order(3), order(4)]))).toBe(1);
    expect(similarity(json(order(1), 'application/hal+json'), json(order(1)))).toBe(1);
  });

  it('two where little differs', () => {
    expect(similarity(json(order(1)), json(order(2, { coupon: 'x' })))).toBeGreaterThan(0.8);
    expect(similarity(json(order(1)), json(order(2, { coupon: 'x' })))).toBeLessThan(1);
  });

  it('two pages with other numbers in the same words', () => {
    const page = (n: number) =>
      text(`<h1>Order ${n}</h1><p>Sent to Mia Lee on the ${n} of May for ${n}.99</p>`);
    expect(similarity(page(1), page(2))).toBe(1);
  });

  it('the same bytes of any kind', () => {
    expect(similarity(text('%PDF-1', 'application/pdf'), text('%PDF-1', 'application/pdf'))).toBe(1);
    expect(
      similarity({ mime: undefined, body: Buffer.from('x') }, { mime: undefined, body: Buffer.from('x') }),
    ).toBe(1);
  });
});

describe('not alike are', () => {
  it.each([
    [order(1), { error: 'unauthorized' }],
    [order(1), { items: [] }],
    [[order(1)], []],
    [order(1), null],
    [order(1), { id: 'text', customer: { name: 1, email: 1 }, items: [{ sku: 1, price: 'text' }] }],
  ])('%j and %j', (a, b) => {
    expect(similarity(json(a), json(b))).toBeLessThan(0.3);
  });

  it('a page and the page to log in', () => {
    const orders = text('<h1>Your orders</h1><p>Order one was sent to Mia Lee in Harbour Street</p>');
    const login = text('<h1>Log in</h1><form>Name <input> Password <input> <button>Log in</button></form>');
    expect(similarity(orders, login)).toBeLessThan(0.2);
  });

  it('answers of different types', () => {
    expect(similarity(json(order(1)), text('{"id":1}'))).toBe(0);
    expect(similarity(text('one two three four five six seven'), json(order(1)))).toBe(0);
  });

  it('something and nothing, and other bytes', () => {
    expect(similarity(json(order(1)), { mime: 'application/json', body: Buffer.alloc(0) })).toBe(0);
    expect(similarity(text('a', 'application/pdf'), text('b', 'application/pdf'))).toBe(0);
  });
});

describe('nothing can be said of', () => {
  it.each([
    ['two empty answers', text(''), text('')],
    ['JSON without a value', json({ ok: true }), json({ ok: true })],
    ['an empty list', json([]), json([])],
    ['a few words', text('It works!'), text('It works!')],
  ])('%s', (_, a, b) => expect(similarity(a, b)).toBeUndefined());
});

it('takes time in proportion, whatever it is given', () => {
  const took = (size: number) => {
    const list = `[${'{"a":1},'.repeat(size / 8)}`;
    const words = 'ab '.repeat(size / 3);
    const started = performance.now();
    similarity({ mime: 'application/json', body: Buffer.from(list) }, json([]));
    similarity(text(words), text(words));
    return performance.now() - started;
  };
  took(10_000);
  expect(took(1_600_000) / Math.max(took(100_000), 3)).toBeLessThan(60);
});
