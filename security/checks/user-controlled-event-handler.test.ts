import { testCheck } from '../testing/test-check.ts';
import { userControlledEventHandler } from './user-controlled-event-handler.ts';

const PAGE = '200\nContent-Type: text/html\n\n';

testCheck(userControlledEventHandler, {
  finds: [
    `GET /x?q=zaphod42\n---\n${PAGE}<a onclick="«find('zaphod42')»">`,
    `GET /x?cb=goThere\n---\n${PAGE}<body ONLOAD='«goThere()»'>`,
  ],
  passes: [
    `GET /x?q=zaphod42\n---\n${PAGE}<a onclick="find()" title="zaphod42">`,
    `GET /x?page=1\n---\n${PAGE}<a onclick="go(1)">`,
    `GET /x?q=true\n---\n${PAGE}<a onclick="return true">`,
    `GET /x?q=zaphod42\n---\n200\nContent-Type: text/plain\n\n<a onclick="zaphod42">`,
  ],
});
