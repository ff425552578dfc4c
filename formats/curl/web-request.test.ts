import { describe, expect, it } from 'vitest';
import { Losses } from '../losses.ts';
import { byteString } from '../octets.ts';
import { isWebRequest, readWebRequests } from './web-request.ts';

function read(script: string) {
  const losses = new Losses();
  const requests = readWebRequests(script, losses).map(({ method, url, headers, body }) => ({
    line: `${method} ${url}`,
    headers: (headers ?? []).map(({ name, value }) => `${name}: ${value}`),
    body: byteString(body ?? new Uint8Array()),
  }));
  return { requests, lost: losses.report().losses.map(({ what, detail }) => `${what}: ${detail}`) };
}

describe('Invoke-WebRequest', () => {
  it('with everything on one line', () => {
    const { requests, lost } = read(
      `Invoke-RestMethod 'https://a.test/?x=1' -Method put -Headers @{ 'A' = 'b'; "C"="d" } -Body '{"a":"it''s"}' -ContentType 'application/json' -OutFile x`,
    );
    expect(requests).toEqual([
      {
        line: 'PUT https://a.test/?x=1',
        headers: ['A: b', 'C: d', 'Content-Type: application/json'],
        body: '{"a":"it\'s"}',
      },
    ]);
    expect(lost).toEqual([]);
  });

  it('as Firefox copies it: the user agent and cookies of the session, headers line by line', () => {
    const { requests } = read(`$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession
$session.Cookies.Add((New-Object System.Net.Cookie("a", "1=2", "/", "a.test")))
Invoke-WebRequest -UseBasicParsing -Uri "https://a.test/" -WebSession $session -UserAgent "Agent" -Headers @{
"Accept" = "*/*"
"Accept-Language" = "en;q=0.5"
}`);
    expect(requests).toEqual([
      {
        line: 'GET https://a.test/',
        headers: ['Cookie: a=1=2', 'User-Agent: Agent', 'Accept: */*', 'Accept-Language: en;q=0.5'],
        body: '',
      },
    ]);
  });

  it('several, each with the session that stands before it', () => {
    const { requests } = read(
      '$s.UserAgent = "one"\niwr "https://a.test/1" -WebSession $s\n$s.UserAgent = "two"\niwr "https://a.test/2" -WebSession $s',
    );
    expect(requests.map(({ line, headers }) => [line, ...headers])).toEqual([
      ['GET https://a.test/1', 'User-Agent: one'],
      ['GET https://a.test/2', 'User-Agent: two'],
    ]);
  });

  it('says what it does not know', () => {
    expect(read('iwr "https://a.test/$id" -Proxy "http://p" -Body $body').lost).toEqual([
      'what PowerShell would have put in its place: $id',
      'parameter of PowerShell: -Proxy',
      'what PowerShell would have put in its place: $body',
    ]);
  });
});

it('is told from other texts', () => {
  expect(
    ['iwr x', 'a; Invoke-WebRequest -Uri x', 'curl iwr', 'invoke-webrequests x'].map(isWebRequest),
  ).toEqual([true, true, false, false]);
});
