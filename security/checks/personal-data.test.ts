import { describe, expect, it } from 'vitest';
import { eventStream, found, JSON_TYPE, websocket } from '../testing/run-check.ts';
import { testCheck } from '../testing/test-check.ts';
import { personalData } from './personal-data.ts';

const answer = (body: string, type = 'application/json') =>
  found(personalData, { responseHeaders: [['Content-Type', type]], responseBody: body });

describe('personal-data finds', () => {
  it.each([
    ['{"payment":{"card":"4111 1111 1111 1111"}}', 'payment.card', '4111 1111 1111 1111'],
    ['{"cardNumber":"5555555555554444"}', 'cardNumber', '5555555555554444'],
    ['{"card":4111111111111111}', 'card', '4111111111111111'],
    ['{"note":"paid with 3782 822463 10005 today"}', 'note', '3782 822463 10005'],
    ['{"pan":"6011-1111-1111-1117"}', 'pan', '6011-1111-1111-1117'],
    ['{"iban":"DE89 3704 0044 0532 0130 00"}', 'iban', 'DE89 3704 0044 0532 0130 00'],
    ['{"to":"GB29NWBK60161331926819"}', 'to', 'GB29NWBK60161331926819'],
  ])('%s', (body, parameter, shown) => expect(answer(body)).toMatchObject([{ parameter, shown }]));

  it('one in shown HTML, in plain text and in a request', () => {
    expect(answer('<p>Card 4111 1111 1111 1111</p>', 'text/html')).toMatchObject([
      { shown: '4111 1111 1111 1111' },
    ]);
    expect(answer('Card: 4111111111111111', 'text/plain')).toMatchObject([{ shown: '4111111111111111' }]);
    const sent = found(personalData, {
      method: 'POST',
      requestHeaders: [JSON_TYPE],
      requestBody: '{"card":"4012888888881881"}',
    });
    expect(sent).toMatchObject([{ shown: '4012888888881881' }]);
  });
});

describe('context', () => {
  const digits = '4539578763621486';
  const sent = (url: string, body: string) =>
    found(personalData, {
      url,
      method: 'POST',
      requestHeaders: [JSON_TYPE],
      requestBody: body,
      responseBody: '',
    });

  it('makes a card of digits: the name of the field, the endpoint, the words before', () => {
    expect(answer(`{"number":"${digits}"}`)).toEqual([]);
    expect(answer(`{"creditCard":{"number":"${digits}"}}`)).toHaveLength(1);
    expect(answer(`{"cc":"${digits}"}`)).toHaveLength(1);
    expect(sent('https://a.test/payments', `{"number":"${digits}"}`)).toHaveLength(1);
    expect(sent('https://a.test/payments', `{"paymentId":"${digits}"}`)).toHaveLength(1);
    expect(sent('https://a.test/payments', `{"orderId":"${digits}"}`)).toEqual([]);
    expect(sent('https://a.test/orders', `{"number":"${digits}"}`)).toEqual([]);
    expect(answer(`Your Visa ${digits} was charged`, 'text/plain')).toHaveLength(1);
    expect(answer(`Your parcel ${digits} was sent`, 'text/plain')).toEqual([]);
  });

  it('weighs where it stands: worse in an answer or a URL than in the request of a payment', () => {
    expect(answer(`{"card":"${digits}"}`)[0]?.severity).toBe('high');
    expect(sent('https://a.test/', `{"card":"${digits}"}`)[0]?.severity).toBe('medium');
    expect(found(personalData, { url: `https://a.test/pay?card=${digits}` })[0]).toMatchObject({
      severity: 'high',
      parameter: 'card',
    });
  });
});

describe('personal-data stays silent about', () => {
  it.each([
    '{"ean":"4006381333931"}',
    '{"id":4000000000000002}',
    '{"orderId":"4111111111111111"}',
    '{"timestamp":1794823200000}',
    '{"card":"4111 1111 1111 1112"}',
    '{"last4":"1111"}',
    '{"value":0.4111111111111111}',
    '{"guid":"41111111-1111-4111-8111-111111111111"}',
    '{"zero":"0000 0000 0000 0000"}',
    '{"trace":"4111111111111111-ab"}',
    '{"hash":"a4111111111111111f"}',
    '{"iban":"DE89 3704 0044 0532 0130 01"}',
    '{"imei":"490154203237518"}',
    '{"row":"1234 4111 1111 1111 1111"}',
    '{"row":"4111 1111 1111 1111 1111"}',
    '{"price":"4111111111111111.50"}',
    '{"text":"DE89370400440532013000X"}',
  ])('%s', (body) => expect(answer(body)).toEqual([]));

  it.each([
    ['body{width:4111111111111111px}', 'text/css'],
    ['var a=4111111111111111', 'text/javascript'],
    ['<script>var a="4111 1111 1111 1111"</script><a href="/4111111111111111">x</a>', 'text/html'],
    ['4111111111111111', 'image/png'],
  ])('%s in %s', (body, type) => expect(answer(body, type)).toEqual([]));
});

describe('personal-data in messages', () => {
  it('finds a card in JSON by its field and in plain text by its look', () => {
    expect(
      found(
        personalData,
        websocket([
          ['sent', '{"payment":{"card":"4539578763621486"}}'],
          ['received', 'paid with card 4539 5787 6362 1486'],
          ['received', '{"account":"DE89370400440532013000"}'],
        ]),
      ),
    ).toMatchObject([
      {
        parameter: 'payment.card',
        severity: 'medium',
        shown: '4539578763621486',
        detail: 'A Visa card number stands in a message of the client.',
      },
      { parameter: 'account', severity: 'high', evidence: [{ part: 'message', message: 2 }] },
      { parameter: 'message', severity: 'high', shown: '4539 5787 6362 1486', evidence: [{ message: 1 }] },
    ]);
  });

  it('finds one in an event, at its place in the stream', () => {
    const body = 'id: 1\ndata: {"card":"4539 5787 6362 1486"}\n\ndata: card 4539 5787 6362 1486\n\n';
    expect(found(personalData, eventStream(body))).toMatchObject([
      { parameter: 'card', shown: '4539 5787 6362 1486', evidence: [{ part: 'response-body' }] },
      { parameter: 'message', shown: '4539 5787 6362 1486' },
    ]);
  });

  it.each([
    '{"orderId":"4539578763621486"}',
    '{"timestamp":4539578763621486}',
    '42["tick",4539578763621486]',
    '4539578763621486',
    'card 4539 5787 6362 1487',
    '{"text":"no digits"}',
  ])('is silent about %s', (text) => {
    expect(found(personalData, websocket([['received', text]]))).toEqual([]);
  });
});

testCheck(personalData, {
  finds: [
    '200\nContent-Type: application/json\n\n{"payment":{"card":"«4539 5787 6362 1486»"}}',
    '200\nContent-Type: application/json\n\n{"account":"«DE89370400440532013000»"}',
    websocket([['received', '{"card":"4539 5787 6362 1486"}']]),
  ],
  passes: [
    '200\nContent-Type: text/html\n\n<p>Card for tests: 4242 4242 4242 4242</p>',
    '200\nContent-Type: application/json\n\n{"payment":{"order":"4539578763621487"}}',
    '200\nContent-Type: application/json\n\n{"account":"DE89370400440532013001"}',
    '200\nContent-Type: application/json\n\n{"timestamp":1750000000000,"id":4539578763621486}',
    '200\nContent-Type: application/json\n\n{"ean":"4006381333931"}',
    websocket([['received', '{"seq":4539578763621486}']]),
  ],
});
