import { testCheck } from '../testing/test-check.ts';
import { crossDomainScript } from './cross-domain-script.ts';

const PAGE = '200\nContent-Type: text/html\n\n';

testCheck(crossDomainScript, {
  tellsValue: true,
  finds: [
    `${PAGE}<script src="«https://cdn.other.test/a.js»"></script>`,
    `${PAGE}<SCRIPT type=module SRC='«//cdn.other.test/a.js»'></SCRIPT>`,
    `${PAGE}<script src="«https://cdn.other.test/a.js»" integrity=""></script>`,
  ],
  passes: [
    `${PAGE}<script src="/a.js"></script><script src="a.js"></script>`,
    `${PAGE}<script src="https://api.acme.test/a.js"></script>`,
    `${PAGE}<script src="https://static.acme.test/a.js"></script>`,
    `${PAGE}<script src="https://cdn.other.test/a.js" integrity="sha384-x" crossorigin></script>`,
    `${PAGE}<script src="https://js.stripe.com/v3/"></script>`,
    `${PAGE}<script>document.write('<script src="https://cdn.other.test/a.js"><\\/script>')</script>`,
    `${PAGE}<img src="https://cdn.other.test/a.png">`,
  ],
  lowOnly: [`${PAGE}<script src="https://static.acme.test/a.js"></script>`],
});
