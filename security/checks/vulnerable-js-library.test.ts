import { testCheck } from '../testing/test-check.ts';
import { vulnerableJsLibrary } from './vulnerable-js-library.ts';

const PAGE = '200\nContent-Type: text/html\n\n';
const JS = '200\nContent-Type: application/javascript\n\n';

testCheck(vulnerableJsLibrary, {
  tellsValue: true,
  finds: [
    `${PAGE}<script src="«/js/jquery-3.4.1.min.js»"></script>`,
    `${PAGE}<script src="«https://cdnjs.cloudflare.com/ajax/libs/angular.js/1.7.9/angular.min.js»"></script>`.replace(
      'angular.js/1.7.9',
      'angularjs/1.7.9',
    ),
    `${PAGE}<script src="«https://cdn.jsdelivr.net/npm/lodash@4.17.15/lodash.min.js»"></script>`,
    `${PAGE}<script src="«/wp-includes/js/jquery/jquery.js?ver=1.12.4»"></script>`,
    `GET /a.js\n---\n${JS}/*! «jQuery v2.2.4» | (c) jQuery Foundation */ !function(){}`,
    `GET /b.js\n---\n${JS}/*!\n * «Bootstrap v3.3.7 (http»://getbootstrap.com)\n */`,
  ],
  passes: [
    `${PAGE}<script src="/js/jquery-3.7.1.min.js"></script>`,
    `${PAGE}<script src="https://cdn.jsdelivr.net/npm/lodash@4.17.21/lodash.min.js"></script>`,
    `${PAGE}<script src="/js/jquery-migrate-1.4.1.js"></script>`,
    `${PAGE}<script src="/js/jquery.cookie-1.4.1.js"></script>`,
    `${PAGE}<script src="/js/app-3.4.1.js"></script>`,
    `GET /a.js\n---\n${JS}/*! jQuery v3.7.1 | (c) OpenJS Foundation */`,
    `${PAGE}<a href="/js/jquery-3.4.1.min.js">old</a>`,
    `GET /a.js\n---\n${JS}let text = 1`,
  ],
});
