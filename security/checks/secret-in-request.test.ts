import { websocket } from '../testing/run-check.ts';
import { testCheck } from '../testing/test-check.ts';
import { secretInRequest } from './secret-in-request.ts';

/** Put together, so that no scanner takes them for leaks. */
const STRIPE = ['sk', 'live', 'q8ZrT2mVbX5nK7wLp3Hd9sFj'].join('_');
const GITHUB = ['ghp', 'q8ZrT2mVbX5nK7wLp3Hd9sFjG4cYtR1uEaB6'].join('_');
const AWS = ['AKIA', 'QX7DPZJ2N5WRT4LM'].join('');

testCheck(secretInRequest, {
  finds: [
    `POST /pay\nContent-Type: application/json\n\n{"key":"«${STRIPE}»"}\n---\n200`,
    `GET /x\nX-Token: «${GITHUB}»\n---\n200`,
    `GET /x?key=«${AWS}»\n---\n200`,
    websocket([['sent', `{"key":"${STRIPE}"}`]]),
  ],
  passes: [
    `POST https://api.stripe.com/v1/charges\nAuthorization: Bearer ${STRIPE}\n---\n200`,
    `GET https://api.github.com/user\nAuthorization: token ${GITHUB}\n---\n200`,
    `200\nContent-Type: application/json\n\n{"key":"${STRIPE}"}`,
    `POST /pay\nContent-Type: application/json\n\n{"key":"${STRIPE.replace('sk', 'pk')}"}\n---\n200`,
    'GET /x?key=AKIAIOSFODNN7EXAMPLE\n---\n200',
    websocket([['received', `{"key":"${STRIPE}"}`]]),
  ],
});
