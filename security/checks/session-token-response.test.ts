import { testCheck } from '../testing/test-check.ts';
import { sessionTokenResponse } from './session-token-response.ts';

testCheck(sessionTokenResponse, {
  finds: [
    '200\nSet-Cookie: «JSESSIONID=0123456789ABCDEF; HttpOnly»',
    '200\nContent-Type: application/json\n\n{"access_token":"«q8ZrT2mVbX5nK7wLp3Hd»","token_type":"bearer"}',
    '200\nContent-Type: application/json\n\n{"data":{"token":"«eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln»"}}',
  ],
  passes: [
    '200\nSet-Cookie: theme=darkdarkdark',
    '200\nSet-Cookie: sid=; Max-Age=0',
    '200\nContent-Type: application/json\n\n{"token":"expired","next_token":"q8ZrT2mVbX5nK7wLp3Hd"}',
    'GET /x\nCookie: sid=0123456789ABCDEF\n---\n200',
  ],
});
