import { describe, expect, it } from 'vitest';
import { templatedPath } from './path-parameters.ts';

function templated(path: string) {
  const found = templatedPath(path);
  return found && [found.template, ...found.parameters.map(({ name, value }) => `${name}=${value}`)];
}

describe('a path', () => {
  it.each([
    ['/', ['/']],
    ['/orders', ['/orders']],
    ['/orders/42?x=1', ['/orders/{id}', 'id=42']],
    ['/users/7/orders/42', ['/users/{userId}/orders/{orderId}', 'userId=7', 'orderId=42']],
    ['/7/8', ['/{id}/{id2}', 'id=7', 'id2=8']],
    [
      '/categories/1/boxes/2/addresses/3',
      [
        '/categories/{categoryId}/boxes/{boxId}/addresses/{addressId}',
        'categoryId=1',
        'boxId=2',
        'addressId=3',
      ],
    ],
    ['/sales-orders/1/x/2', ['/sales-orders/{salesOrderId}/x/{xId}', 'salesOrderId=1', 'xId=2']],
    ['/report/2025-01-01', ['/report/{date}', 'date=2025-01-01']],
    ['/a/order-1234', ['/a/order-{id}', 'id=1234']],
    ['/f/6f1c2d3e00004000.json', ['/f/{id}.json', 'id=6f1c2d3e00004000']],
    ['/a/5;v=1', ['/a/{id};v', 'id=5']],
  ])('%s', (path, expected) => {
    expect(templated(path)).toEqual(expected);
  });

  it('with braces of its own has no parameters for them', () => {
    expect(templated('/a/{id}/b/{x}')).toEqual(['/a/%7Bid%7D/b/%7Bx%7D']);
  });

  it('never has a name twice', () => {
    expect(templated('/orders/1/2/orders/3')?.[0]).toBe('/orders/{orderId}/{orderId2}/orders/{orderId3}');
  });

  it('that is too long is none', () => {
    expect(templatedPath(`/${'segment/'.repeat(200)}`)).toBeUndefined();
  });
});
