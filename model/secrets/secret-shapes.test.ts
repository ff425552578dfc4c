/** A sample of every shape, built at run time so that no scanner takes this file for a leak; and what looks like one and is none. */
import { describe, expect, it } from 'vitest';
import { SECRET_SHAPES, secretsOf } from './secret-shapes.ts';

const random = (length: number, alphabet = 'aZ3kQ9wLx7Bn2VtR5mYc8HdJ4pGs6Fe1') =>
  Array.from({ length }, (_, i) => alphabet[(i * 7 + (i >> 2) * 3) % alphabet.length]).join('');
const upper = (length: number) => random(length, 'Q7DPZJ2N5WRT4LMX');
const hex = (length: number) => random(length, '7a3f9c0e5b1d82646');
const digits = (length: number) => random(length, '7391048265');

const find = (text: string) =>
  SECRET_SHAPES.flatMap((shape) => [...secretsOf(text, shape)]).map(({ name, start, end }) => [
    name,
    text.slice(start, end),
  ]);

const key = random(64);
const samples: readonly (readonly [name: string, before: string, secret: string])[] = [
  ['an AWS access key id', 'id=', `AKIA${upper(16)}`],
  ['an AWS secret access key', '{"SecretAccessKey": "', random(40)],
  ['an AWS secret access key', 'AWS_SECRET_ACCESS_KEY=', random(40)],
  ['a GitHub token', '"', `ghp_${random(36)}`],
  ['a GitHub token', '"', `github_pat_${random(22)}_${random(59)}`],
  ['a GitLab token', ' ', `glpat-${random(20)}`],
  ['a Slack token', "'", `xoxb-${digits(12)}-${random(24)}`],
  ['a Slack webhook', 'https://', `hooks.slack.com/services/T${upper(9)}/B${upper(9)}/${random(24)}`],
  ['a Stripe secret key', '"', `sk_live_${random(24)}`],
  ['a Stripe webhook secret', '"', `whsec_${random(32)}`],
  ['a Google API key', '?key=', `AIza${random(35)}`],
  ['a Google OAuth client secret', '"', `GOCSPX-${random(28)}`],
  ['an OpenAI key', '"', `sk-proj-${random(60)}T3BlbkFJ${random(60)}`],
  ['an Anthropic key', '"', `sk-ant-api03-${random(93)}`],
  ['an npm token', '=', `npm_${random(36)}`],
  ['a SendGrid key', '"', `SG.${random(22)}.${random(43)}`],
  ['a secret that tokens are signed with', '{"jwt_secret":"', random(32)],
  ['a secret that tokens are signed with', 'TOKEN_SIGNING_KEY=', random(32)],
  ['a connection string with a password', '"', `mongodb+srv://app:${random(12)}@db.acme.net/x`],
  ['a connection string with a password', 'redis url ', `redis://:${random(12)}@10.0.0.5:6379`],
  ['a connection string with a password', 'Server=db;Database=x;User Id=sa;Password=', random(14)],
  ['a GitLab token', '"', `gldt-${random(20)}`],
  ['a Hugging Face token', '"', `hf_${random(34)}`],
  ['a Telegram bot token', '/bot', `${digits(10)}:AA${random(33)}`],
  ['a Discord webhook', 'https://', `discord.com/api/webhooks/${digits(18)}/${random(68)}`],
  ['a Square token', '"', `sq0atp-${random(22)}`],
  ['a Shopify token', '"', `shpat_${hex(32)}`],
  ['a DigitalOcean token', '"', `dop_v1_${hex(64)}`],
  ['a Databricks token', '"', `dapi${hex(32)}`],
  ['an Atlassian token', '"', `ATATT3${random(180)}`],
  ['a PyPI token', '"', `pypi-AgE${random(120)}`],
  ['a RubyGems token', '"', `rubygems_${hex(48)}`],
  ['a Docker token', '"', `dckr_pat_${random(27)}`],
  ['a Linear key', '"', `lin_api_${random(40)}`],
  ['a Notion token', '"', `ntn_${random(46)}`],
  ['an Airtable token', '"', `pat${random(14)}.${hex(64)}`],
  ['a New Relic key', '"', `NRAK-${upper(27)}`],
  ['a Grafana token', '"', `glsa_${random(32)}_${hex(8)}`],
  ['a Vault token', '"', `hvs.${random(90)}`],
  ['a Terraform token', '"', `${random(14)}.atlasv1.${random(67)}`],
  ['a Postman key', '"', `PMAK-${hex(24)}-${hex(34)}`],
  ['a Mailgun key', '"', `key-${hex(32)}`],
  ['a Mailchimp key', '"', `${hex(32)}-us12`],
  ['a Brevo key', '"', `xkeysib-${hex(64)}-${random(16)}`],
  ['a Twilio key', 'twilio_auth_token: "', hex(32)],
  ['a Facebook token', '"', `EAACEdEose0cBA${random(100)}`],
  ['a Firebase server key', '"', `AAAA${random(7)}:APA91b${random(134)}`],
  ['a Slack app token', '"', `xapp-1-${upper(10)}-${digits(12)}-${hex(64)}`],
  ['a PayPal or Braintree token', '"', `access_token$production$${hex(16)}$${hex(32)}`],
  ['a Cloudinary address', '"', `cloudinary://${digits(15)}:${random(27)}@acme`],
  ['a Google service account key', '"private_key_id": "', hex(40)],
  ['a client secret', '{"client_secret":"', random(32)],
  ['a secret of the environment', 'SMTP_PASSWORD=', random(20)],
  ['an Azure storage key', 'AccountName=x;AccountKey=', `${random(86)}==`],
];

describe('every shape', () => {
  it.each(samples)('%s after %s', (name, before, secret) => {
    expect(find(`text ${before}${secret}" more`)).toEqual([[name, secret]]);
    expect(find(before + secret)).toEqual([[name, secret]]);
  });

  it('has a sample', () => {
    const named = new Set(samples.map(([name]) => name));
    expect(SECRET_SHAPES.map(({ name }) => name).filter((name) => !named.has(name))).toEqual([
      'a private key',
    ]);
  });

  it.each(['\n', '\\n', '\\r\\n'])('a private key with line ends %j', (end) => {
    const text = `"-----BEGIN RSA PRIVATE KEY-----${end}${key}${end}${key}${end}-----END RSA PRIVATE KEY-----"`;
    expect(find(text).map(([name]) => name)).toEqual(['a private key']);
  });
});

describe('stand-ins and other things', () => {
  it.each([
    'AKIAIOSFODNN7EXAMPLE',
    `XAKIA${upper(16)}`,
    `AKIA${upper(40)}`,
    `"secretAccessKey":"${'x'.repeat(40)}"`,
    `"secretAccessKey":"${'0123456789'.repeat(4)}"`,
    `commit ${'0123456789abcdef'.repeat(3).slice(0, 40)}`,
    'ghp_your_token_goes_here_xxxxxxxxxxxxxxxxxxx',
    `ghp_${'a'.repeat(36)}`,
    '-----BEGIN RSA PRIVATE KEY-----\n...\n-----END RSA PRIVATE KEY-----',
    `-----BEGIN PUBLIC KEY-----\n${key}`,
    `-----BEGIN CERTIFICATE-----\n${key}`,
    'postgres://user:password@localhost/db',
    'postgres://db.acme.net/x',
    'mongodb://<user>:<password>@cluster',
    'https://user:q8ZrT2mVbX5n@acme.net/',
    '"jwt_secret":"your-256-bit-secret-here"',
    '"jwt_secret":"short"',
    'the secret key: to a good life is patience and practice',
    'Password=hunter2hunter',
    'sk_live_short',
    'pk_live_q8ZrT2mVbX5nK7wLp3Hd9sFj',
    'task-skeleton T3BlbkFJ',
  ])('are passed over: %s', (text) => {
    expect(find(text)).toEqual([]);
  });
});

describe('limits', () => {
  it('show twenty of a kind at most', () => {
    expect(find(Array.from({ length: 50 }, () => `ghp_${random(36)}`).join(' ')).length).toBe(20);
  });

  it('look at the same secret once, however many keywords stand in it', () => {
    expect(find(`"jwt_signing_secret": "${random(32)}"`)).toHaveLength(1);
  });
});

describe('the allowance of tries', () => {
  const [shape] = SECRET_SHAPES;
  if (!shape) throw new Error('no shapes');
  const hostile = 'AKIA '.repeat(30);

  it('is shared by the texts that it is given with', () => {
    const allowance = { tries: 50 };
    expect([...secretsOf(hostile, shape, allowance)]).toEqual([]);
    expect(allowance.tries).toBe(20);
    expect([...secretsOf(hostile, shape, allowance)]).toEqual([]);
    expect(allowance.tries).toBe(0);
    const key = ['AKIA', 'QX7DPZJ2N5WRT4LM'].join('');
    expect([...secretsOf(key, shape, allowance)]).toEqual([]);
    expect([...secretsOf(key, shape)]).toHaveLength(1);
  });
});
