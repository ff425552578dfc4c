import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { connectRecipes } from './recipes.ts';

const FACTS = { proxy: '127.0.0.1:8866', caFile: '/home/mia/it’s "here" $HOME/root.pem' };
const recipes = connectRecipes(FACTS);
const code = (id: string, facts = FACTS) =>
  connectRecipes(facts).find((recipe) => recipe.id === id)?.code ?? '';

describe('recipes', () => {
  it('are for several kinds of clients, the simplest first', () => {
    expect(recipes.map(({ id }) => id)).toEqual(['curl', 'env', 'node', 'python', 'java', 'powershell']);
  });

  it.each(recipes.map(({ id }) => id))('name the proxy and the certificate: %s', (id) => {
    expect(code(id)).toContain('8866');
    expect(code(id, { ...FACTS, caFile: '/plain/root.pem' })).toContain('/plain/root.pem');
  });

  it('U1: never turn verification off', () => {
    for (const { code: lines } of recipes) {
      expect(lines).not.toMatch(/insecure|verify\s*=\s*False|-k\b|REJECT_UNAUTHORIZED|SkipCertificateCheck/i);
    }
  });

  it('are words to a shell, whatever stands in the path', () => {
    const shown = (id: string) => `${code(id)}\nprintf %s "$NODE_EXTRA_CA_CERTS"`;
    expect(execFileSync('sh', ['-c', shown('env')], { encoding: 'utf8' })).toBe(FACTS.caFile);
    const args = code('curl').replace(/^curl/, "printf '%s|'");
    expect(execFileSync('sh', ['-c', args], { encoding: 'utf8' }).split('|')).toContain(FACTS.caFile);
  });

  it('set what programs read, each its own way, and leave no host out', () => {
    for (const name of [
      'HTTP_PROXY',
      'https_proxy',
      'NODE_EXTRA_CA_CERTS',
      'SSL_CERT_FILE',
      'REQUESTS_CA_BUNDLE',
    ]) {
      expect(code('env')).toContain(`export ${name}=`);
    }
    expect(code('env')).toMatch(/^export NO_PROXY=(?:''|"")?$/m);
  });

  it('quote for Python and PowerShell', () => {
    expect(code('python')).toContain('verify="/home/mia/it’s \\"here\\" $HOME/root.pem"');
    expect(code('powershell', { ...FACTS, caFile: "C:\\it's\\root.pem" })).toContain("'C:\\it''s\\root.pem'");
  });

  it('take an address of IPv6 apart for Java', () => {
    expect(code('java', { ...FACTS, proxy: '[::1]:8866' })).toContain(
      '-Dhttp.proxyHost=::1 -Dhttp.proxyPort=8866',
    );
  });
});
