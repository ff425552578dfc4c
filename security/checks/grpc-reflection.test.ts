import type { SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { testCheck } from '../testing/test-check.ts';
import { grpcReflection } from './grpc-reflection.ts';

const call = (service: string, more: SessionOverrides = {}): SessionOverrides => ({
  method: 'POST',
  url: `https://api.acme.test/${service}`,
  responseHeaders: [['Content-Type', 'application/grpc']],
  responseBody: new Uint8Array([0, 0, 0, 0, 1, 8]),
  responseTrailers: [['grpc-status', '0']],
  ...more,
});
const REFLECTION = 'grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo';

testCheck(grpcReflection, {
  tellsValue: true,
  finds: [call(REFLECTION), call(REFLECTION.replace('v1alpha', 'v1'), { responseTrailers: [] })],
  passes: [
    call('shop.v1.Orders/Get'),
    call(REFLECTION, { responseTrailers: [['grpc-status', '12']], responseBody: '' }),
    call(REFLECTION, { status: 401 }),
    call(REFLECTION, { responseTrailers: [], responseBody: '', responseHeaders: [['grpc-status', '16']] }),
  ],
});
