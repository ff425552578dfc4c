import { testCheck } from '../testing/test-check.ts';
import { oldVersionAlive } from './old-version-alive.ts';

const get = (path: string, status = 200) => `GET ${path}\n---\n${status}`;

testCheck(oldVersionAlive, {
  tellsValue: true,
  finds: [
    [get('/api/v2/orders'), get('/api/v1/orders')],
    [get('/v1/users'), get('/v3/users')],
    [get('https://api-v1.acme.test/x'), get('https://api-v2.acme.test/x')],
    [get('/x?api-version=2'), get('/x?api-version=1')],
  ],
  passes: [
    [get('/api/v1/orders'), get('/api/v1/users')],
    [get('/api/v2/orders'), get('/api/v1/orders', 410)],
    [get('/api/v2/orders'), get('https://other.test/api/v1/orders')],
    [get('/videos/1'), get('/vegetables/2')],
    [get('/app.css?v=12'), get('/app.css?v=13')],
    [get('/maps/v2/tiles'), get('/search/v1/items')],
  ],
});
