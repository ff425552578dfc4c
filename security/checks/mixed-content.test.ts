import { testCheck } from '../testing/test-check.ts';
import { mixedContent } from './mixed-content.ts';

const PAGE = '200\nContent-Type: text/html\n\n';

testCheck(mixedContent, {
  finds: [
    `${PAGE}<script src="«http://cdn.test/a.js»"></script>`,
    `${PAGE}<IMG SRC='«HTTP://cdn.test/a.png»'>`,
    `${PAGE}<link rel=stylesheet href=«http://cdn.test/a.css»>`,
    `${PAGE}<iframe src="«http://b.test/»"></iframe>`,
  ],
  passes: [
    `${PAGE}<script src="https://cdn.test/a.js"></script><img src="//cdn.test/a.png"><img src="/b.png">`,
    `${PAGE}<a href="http://b.test/">b</a>`,
    `${PAGE}<link rel="canonical" href="http://api.acme.test/x">`,
    `GET http://a.test/\n---\n${PAGE}<script src="http://cdn.test/a.js"></script>`,
    `${PAGE}<!-- <script src="http://cdn.test/a.js"></script> -->`,
    `${PAGE}<script>var a = '<img src="http://cdn.test/a.png">'</script>`,
    '200\nContent-Type: application/json\n\n{"a":"<img src=\'http://cdn.test/a.png\'>"}',
  ],
});
