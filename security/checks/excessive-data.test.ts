import { testCheck } from '../testing/test-check.ts';
import { excessiveData } from './excessive-data.ts';

const json = (body: object, status = 200) =>
  `${status}\nContent-Type: application/json\n\n${JSON.stringify(body)}`;

testCheck(excessiveData, {
  finds: [
    json({ id: 1, name: 'mia', passwordHash: '«5d41402abc4b2a76b9719d911017c592»' }),
    json({ users: [{ password: '«vK8#qTz!2m»' }, { password: '«zT7#aBc!9x»' }] }),
    json({ id: 1, reset_token: '«q8ZrT2mVbX5n»' }),
    json({ id: 1, internal_notes: '«difficult customer»', price: 10 }),
    json({ product: { costPrice: 4.2, name: 'tea' } }),
    json({ otp: '«482913»' }),
  ],
  passes: [
    json({ pin: 'PIN code', otp: 'One-time code' }),
    json({ id: 1, name: 'mia', email: 'mia@acme.test' }),
    json({ password: '********', salt: null, pin: '' }),
    json({ errors: { password: 'is too short' } }),
    json({ password: 'must have eight characters' }, 200),
    json({ passwordChangedBy: 'mia', passwordPolicy: 'strict', hasPassword: true }),
    json({ labels: { password: 'Kennwort' } }),
    json({ clientSecret: 'pi_3MtwBwLkdIwHu7ix28a3tqPa_secret_YrKJUKribcBjcG8HVhfZluoGH' }),
    json({ error: { secret: 'abcdefgh' } }, 400),
    json({ type: 'object', properties: { password: { type: 'string' } } }),
    json({ role: 'user' }),
  ],
  lowOnly: [json({ id: 1, role: 'admin' })],
});
