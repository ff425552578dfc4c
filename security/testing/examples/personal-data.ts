/** Examples of personal-data. */
import { websocket } from '../run-check.ts';
import { answered, type Examples } from './example.ts';

const CARD = '4539 5787 6362 1486';

export const examples: Examples = {
  bad: [
    { session: answered({ payment: { card: CARD } }), shown: CARD },
    { session: answered({ account: 'DE89370400440532013000' }), shown: 'DE89370400440532013000' },
    { session: websocket([['received', `{"card":"${CARD}"}`]]), shown: CARD },
  ],
  good: [
    answered({ payment: { order: '4539578763621487' } }),
    answered({ account: 'DE89370400440532013001' }),
    answered({ timestamp: 1_750_000_000_000, id: 4_539_578_763_621_486 }),
    answered({ ean: '4006381333931' }),
    websocket([['received', '{"seq":4539578763621486}']]),
  ],
};
