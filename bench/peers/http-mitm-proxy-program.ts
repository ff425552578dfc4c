/** A program of its own: http-mitm-proxy as a plain proxy. Argument: folder for its certificates. Prints its port. */
import { Proxy as MitmProxy } from 'http-mitm-proxy';

const [sslCaDir = ''] = process.argv.slice(2);
const proxy = new MitmProxy();
// Without a handler it prints each connection that ends early; with one it is a hook, though none that costs anything.
proxy.onError(() => {});
proxy.listen({ host: '127.0.0.1', port: 0, sslCaDir, keepAlive: true }, (error) => {
  if (error) throw error;
  process.stdout.write(`${proxy.httpPort}\n`);
});
