import { testCheck } from '../testing/test-check.ts';
import { unboundedPage } from './unbounded-page.ts';

const list = (count: number) =>
  `200\nContent-Type: application/json\n\n${JSON.stringify({ items: Array.from({ length: count }, (_, i) => ({ id: i })) })}`;

testCheck(unboundedPage, {
  tellsValue: true,
  finds: [
    `GET /orders?limit=«5000»\n---\n${list(3000)}`,
    `GET /orders?page_size=«1000000»\n---\n${list(37)}`,
    `GET /orders?per_page=«-1»\n---\n${list(1500)}`,
    `POST /search\nContent-Type: application/json\n\n{"q":"tea","size":«100000»}\n---\n${list(37)}`,
  ],
  passes: [
    `GET /orders?limit=50\n---\n${list(50)}`,
    `GET /orders?limit=1000000\n---\n${list(100)}`,
    `GET /orders?limit=1000000\n---\n400\nContent-Type: application/json\n\n{}`,
    `GET /orders?limit=100000\n---\n200\nContent-Type: application/json\n\n{"limit":100,"items":[{"id":1}]}`,
    `GET /orders?offset=1000000\n---\n${list(3)}`,
    'POST /uploads\nContent-Type: application/json\n\n{"name":"a","size":48213}\n---\n200\nContent-Type: application/json\n\n{"id":"7f9c"}',
    `GET /orders\n---\n${list(3000)}`,
  ],
});
