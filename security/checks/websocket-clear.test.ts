import { websocket } from '../testing/run-check.ts';
import { testCheck } from '../testing/test-check.ts';
import { websocketClear } from './websocket-clear.ts';

const from = (origin: string, url: string) => ({
  ...websocket([], url),
  requestHeaders: [['Origin', origin]] as [string, string][],
});

testCheck(websocketClear, {
  finds: [
    from('https://shop.test', 'http://api.acme.test/live'),
    websocket([['sent', '{"password":"vK8#qTz!2m"}']]),
    websocket([['sent', '42["auth",{"token":"q8ZrT2mVbX5nK7wLp3Hd"}]']]),
  ],
  passes: [
    from('https://shop.test', 'https://api.acme.test/live'),
    from('http://shop.test', 'http://api.acme.test/live'),
    websocket([['received', '{"password":"vK8#qTz!2m"}']]),
    websocket([['sent', '{"password":"vK8#qTz!2m"}']], 'https://api.acme.test/live'),
    websocket([['sent', 'hello']]),
  ],
});
