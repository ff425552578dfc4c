import { testCheck } from '../testing/test-check.ts';
import { massAssignmentHint } from './mass-assignment-hint.ts';

const write = (method: string, path: string, sent: object, answer: object, status = 201) =>
  `${method} ${path}\nContent-Type: application/json\n\n${JSON.stringify(sent)}\n---\n${status}\nContent-Type: application/json\n\n${JSON.stringify(answer)}`;
const MIA = { name: 'mia', email: 'mia@acme.test' };

testCheck(massAssignmentHint, {
  tellsValue: true,
  finds: [
    write('POST', '/users', MIA, { id: 1, ...MIA, role: '«user»' }),
    write('PATCH', '/users/1', { name: 'mia' }, { data: { name: 'mia', is_admin: '«no»' } }),
    write('PUT', '/users/1', MIA, { user: { ...MIA, balance: 10 } }),
    write('POST', '/register', { ...MIA, role: '«admin»' }, { ...MIA, id: 1, role: 'admin' }),
  ],
  passes: [
    write('POST', '/users', MIA, { id: 1, ...MIA }),
    write('POST', '/users', MIA, { role: 'user' }),
    write('POST', '/login', { user: 'mia', password: 'x' }, { user: 'mia', password: 'x', role: 'user' }),
    write('POST', '/users', MIA, { ...MIA, role: 'user' }, 400),
    `GET /users/1\n---\n200\nContent-Type: application/json\n\n${JSON.stringify({ ...MIA, role: 'user' })}`,
    write(
      'POST',
      '/orders',
      { item: 7, count: 2 },
      { item: 7, count: 2, lines: [{ product: { role: 'x' } }] },
    ),
  ],
});
