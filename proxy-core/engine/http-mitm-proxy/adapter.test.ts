/** The engine on http-mitm-proxy passes what every engine must. */
import { describeEngine } from '../contract-tests/describe-engine.ts';
import { createHttpMitmProxyEngine } from './adapter.ts';

describeEngine('http-mitm-proxy', createHttpMitmProxyEngine);
