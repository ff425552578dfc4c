import { testCheck } from '../testing/test-check.ts';
import { authenticationRequest } from './authentication-request.ts';

testCheck(authenticationRequest, {
  finds: [
    'POST /login\nContent-Type: application/json\n\n{"username":"mia","password":"«vK8#qTz!2m»"}\n---\n200',
    'POST /user/login.php\nContent-Type: application/x-www-form-urlencoded\n\nemail=mia@a.test&passwd=«vK8qTz2m»\n---\n302\nLocation: /',
    'POST /oauth/token\nContent-Type: application/x-www-form-urlencoded\n\ngrant_type=password&username=mia&password=«vK8qTz2m»\n---\n200',
  ],
  passes: [
    'GET /login\n---\n200',
    'POST /register\nContent-Type: application/json\n\n{"username":"mia","password":"vK8#qTz!2m"}\n---\n201',
    'POST /password\nContent-Type: application/json\n\n{"old_password":"a","new_password":"b"}\n---\n200',
    'POST /orders\nContent-Type: application/json\n\n{"name":"mia"}\n---\n201',
    'POST /login\nContent-Type: application/json\n\n{"username":"mia"}\n---\n200',
  ],
});
