/** Environment variables that send a program's traffic through the proxy and make it trust the root: each family of programs reads its own. */

export interface ProxyFacts {
  /** `host:port`. */
  readonly proxy: string;
  /** Path of the root's PEM file. */
  readonly caFile: string;
}

/** NO_PROXY is emptied, so that nothing the program asks on this machine is left out. */
export const clientEnvironment = ({ proxy, caFile }: ProxyFacts): Readonly<Record<string, string>> => ({
  HTTP_PROXY: `http://${proxy}`,
  HTTPS_PROXY: `http://${proxy}`,
  http_proxy: `http://${proxy}`,
  https_proxy: `http://${proxy}`,
  NO_PROXY: '',
  no_proxy: '',
  NODE_USE_ENV_PROXY: '1',
  NODE_EXTRA_CA_CERTS: caFile,
  SSL_CERT_FILE: caFile,
  REQUESTS_CA_BUNDLE: caFile,
  CURL_CA_BUNDLE: caFile,
  AWS_CA_BUNDLE: caFile,
  GIT_SSL_CAINFO: caFile,
  CARGO_HTTP_CAINFO: caFile,
  PIP_CERT: caFile,
  DENO_CERT: caFile,
});
