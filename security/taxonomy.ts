/** The names of what checks are filed under, so that each is spelled once: OWASP API Security Top 10 of 2023, OWASP Top 10 of 2021. */

/** By number, from 1 on. */
export const API = {
  1: 'API1:2023 Broken Object Level Authorization',
  2: 'API2:2023 Broken Authentication',
  3: 'API3:2023 Broken Object Property Level Authorization',
  4: 'API4:2023 Unrestricted Resource Consumption',
  5: 'API5:2023 Broken Function Level Authorization',
  6: 'API6:2023 Unrestricted Access to Sensitive Business Flows',
  7: 'API7:2023 Server Side Request Forgery',
  8: 'API8:2023 Security Misconfiguration',
  9: 'API9:2023 Improper Inventory Management',
  10: 'API10:2023 Unsafe Consumption of APIs',
} as const;

export const TOP = {
  1: 'A01:2021 Broken Access Control',
  2: 'A02:2021 Cryptographic Failures',
  3: 'A03:2021 Injection',
  4: 'A04:2021 Insecure Design',
  5: 'A05:2021 Security Misconfiguration',
  6: 'A06:2021 Vulnerable and Outdated Components',
  7: 'A07:2021 Identification and Authentication Failures',
  8: 'A08:2021 Software and Data Integrity Failures',
  9: 'A09:2021 Security Logging and Monitoring Failures',
  10: 'A10:2021 Server-Side Request Forgery',
} as const;

/** The page of the well-known open rule set on the same fault: teams file findings by its numbers. */
export const zap = (number: number) => `https://www.zaproxy.org/docs/alerts/${number}/`;

export const cweUrl = (number: number) => `https://cwe.mitre.org/data/definitions/${number}.html`;

/** A page of MDN on a header field. */
export const mdnHeader = (name: string) =>
  `https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/${name}`;

/** A cheat sheet of OWASP. */
export const cheatSheet = (name: string) =>
  `https://cheatsheetseries.owasp.org/cheatsheets/${name}_Cheat_Sheet.html`;
