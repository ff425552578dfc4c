import { testCheck } from '../testing/test-check.ts';
import { maliciousScript } from './malicious-script.ts';

const PAGE = '200\nContent-Type: text/html\n\n';

testCheck(maliciousScript, {
  tellsValue: true,
  finds: [
    `${PAGE}<script src="«https://cdn.polyfill.io/v3/polyfill.min.js»"></script>`,
    `${PAGE}<script src="«//cdn.bootcss.com/jquery.js»"></script>`,
    '200\nContent-Type: text/javascript\n\nload("«https://polyfill.io»/v3/a.js")',
    `${PAGE}<script>s.src = '«https://cdn.staticfile.org»/x.js'</script>`,
  ],
  passes: [
    `${PAGE}<script src="https://polyfill-fastly.io/v3/polyfill.min.js"></script>`,
    `${PAGE}<script src="https://polyfill.io.acme.test/a.js"></script>`,
    `${PAGE}<script src="/polyfill.io.js"></script>`,
    `${PAGE}<p>do not load https://polyfill.io/v3/a.js</p>`,
    '200\nContent-Type: text/javascript\n\n// see polyfill.io',
    '200\nContent-Type: text/plain\n\nhttps://polyfill.io/',
  ],
});
