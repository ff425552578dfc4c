import { testCheck } from '../testing/test-check.ts';
import { reverseTabnabbing } from './reverse-tabnabbing.ts';

const PAGE = '200\nContent-Type: text/html\n\n';

testCheck(reverseTabnabbing, {
  finds: [
    `${PAGE}«<a href="https://b.test/" target="_blank" rel="opener">»b</a>`,
    `${PAGE}«<AREA HREF=//b.test/ TARGET=other REL="external opener">»`,
  ],
  passes: [
    `${PAGE}<a href="https://b.test/" target="_blank" rel="noopener">b</a>`,
    `${PAGE}<a href="https://b.test/" target="_blank">b</a>`,
    `${PAGE}<a href="https://b.test/" rel="opener">b</a>`,
    `${PAGE}<a href="/y" target="_blank" rel="opener">y</a>`,
    `${PAGE}<a href="https://www.acme.test/" target="_blank" rel="opener">y</a>`,
    `${PAGE}<a href="mailto:a@b.test" target="_blank" rel="opener">y</a>`,
    `${PAGE}<a href="https://b.test/" target="_self" rel="opener">b</a>`,
  ],
  lowOnly: [`${PAGE}<a href="https://b.test/" target="_blank">b</a>`],
});
