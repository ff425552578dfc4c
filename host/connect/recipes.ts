/** Copy-paste lines that send a client's traffic through the proxy and make it trust the root for that one run. Pure. */
import { shellWord } from '#certs/trust-instructions.ts';
import type { ConnectRecipe } from '#model/contract/contract.ts';
import { clientEnvironment, type ProxyFacts } from './client-environment.ts';

export type RecipeFacts = ProxyFacts;

const EXAMPLE = 'https://example.com/';

const literal = (text: string) => JSON.stringify(text);
const powershellWord = (text: string) => `'${text.replaceAll("'", "''")}'`;

function hostAndPort(proxy: string): [host: string, port: string] {
  const colon = proxy.lastIndexOf(':');
  return [proxy.slice(0, colon).replace(/^\[|\]$/g, ''), proxy.slice(colon + 1)];
}

const exports = (variables: Readonly<Record<string, string>>) =>
  Object.entries(variables)
    .map(([name, value]) => `export ${name}=${shellWord(value)}`)
    .join('\n');

function java({ proxy, caFile }: RecipeFacts): string {
  const [host, port] = hostAndPort(proxy);
  return [
    `keytool -importcert -noprompt -alias sluice -file ${shellWord(caFile)} \\`,
    '  -keystore sluice.p12 -storetype PKCS12 -storepass changeit',
    `java -Dhttp.proxyHost=${host} -Dhttp.proxyPort=${port} -Dhttps.proxyHost=${host} -Dhttps.proxyPort=${port} \\`,
    '  -Dhttp.nonProxyHosts= -Djavax.net.ssl.trustStore=sluice.p12 \\',
    '  -Djavax.net.ssl.trustStorePassword=changeit -jar app.jar',
  ].join('\n');
}

function powershell({ proxy, caFile }: RecipeFacts): string {
  const variables = {
    HTTP_PROXY: `http://${proxy}`,
    HTTPS_PROXY: `http://${proxy}`,
    NODE_EXTRA_CA_CERTS: caFile,
  };
  return [
    `Import-Certificate -FilePath ${powershellWord(caFile)} -CertStoreLocation Cert:\\CurrentUser\\Root`,
    ...Object.entries(variables).map(([name, value]) => `$env:${name} = ${powershellWord(value)}`),
    `Invoke-WebRequest ${EXAMPLE} -Proxy http://${proxy}`,
  ].join('\n');
}

function python({ proxy, caFile }: RecipeFacts): string {
  return [
    'import requests',
    `proxy = ${literal(`http://${proxy}`)}`,
    `answer = requests.get(${literal(EXAMPLE)}, proxies={"http": proxy, "https": proxy}, verify=${literal(caFile)})`,
    'print(answer.status_code)',
  ].join('\n');
}

/** One recipe for each kind of client, the simplest first. */
export function connectRecipes(facts: RecipeFacts): ConnectRecipe[] {
  const { proxy, caFile } = facts;
  return [
    {
      id: 'curl',
      label: 'curl',
      language: 'shell',
      code: `curl --proxy http://${proxy} --cacert ${shellWord(caFile)} ${EXAMPLE}`,
    },
    {
      id: 'env',
      label: 'Terminal',
      language: 'shell',
      note: 'For everything started from this terminal afterwards: most programs read these variables.',
      code: exports(clientEnvironment(facts)),
    },
    {
      id: 'node',
      label: 'Node.js',
      language: 'shell',
      note: 'fetch and http follow these from Node 24; older versions need a proxy agent of their own.',
      code: `NODE_USE_ENV_PROXY=1 HTTP_PROXY=http://${proxy} HTTPS_PROXY=http://${proxy} \\\n  NODE_EXTRA_CA_CERTS=${shellWord(caFile)} node app.js`,
    },
    {
      id: 'python',
      label: 'Python',
      language: 'python',
      note: 'With the requests package.',
      code: python(facts),
    },
    { id: 'java', label: 'Java', language: 'shell', code: java(facts) },
    {
      id: 'powershell',
      label: 'PowerShell',
      language: 'powershell',
      note: 'The first line trusts the certificate for your user; Windows asks once.',
      code: powershell(facts),
    },
  ];
}
