import { testCheck } from '../testing/test-check.ts';
import { sriMissing } from './sri-missing.ts';

const PAGE = '200\nContent-Type: text/html\n\n';

testCheck(sriMissing, {
  finds: [
    `${PAGE}«<script src="https://cdn.other.test/a.js">»</script>`,
    `${PAGE}«<link rel="stylesheet" href="//cdn.other.test/a.css">»`,
    `${PAGE}«<SCRIPT SRC=https://cdn.other.test/a.js INTEGRITY="">»</SCRIPT>`,
  ],
  passes: [
    `${PAGE}<script src="https://cdn.other.test/a.js" integrity="sha384-abc" crossorigin="anonymous"></script>`,
    `${PAGE}<script src="/a.js"></script><link rel=stylesheet href="b.css">`,
    `${PAGE}<link rel="preconnect" href="https://cdn.other.test"><link rel=canonical href="https://other.test/">`,
    `${PAGE}<link rel="stylesheet" href="https://fonts.googleapis.com/css?family=Inter">`,
    `${PAGE}<script>let a = '<script src="https://cdn.other.test/a.js">'</script>`,
  ],
  lowOnly: [`${PAGE}<script src="https://static.acme.test/a.js"></script>`],
});
