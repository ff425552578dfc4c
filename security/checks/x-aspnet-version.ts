/** The version fields of ASP.NET. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { responseField } from '../reading/head-fields.ts';
import { API, TOP, zap } from '../taxonomy.ts';

function* run(input: CheckInput): Iterable<FindingDraft> {
  for (const name of ['x-aspnet-version', 'x-aspnetmvc-version']) {
    const field = responseField(input, name);
    if (field === undefined || field.value.trim() === '') continue;
    yield {
      parameter: field.name,
      detail: 'The response names the version of ASP.NET.',
      evidence: [field.evidence],
    };
  }
}

export const xAspnetVersion: Check = {
  info: {
    id: 'x-aspnet-version',
    title: 'Version of ASP.NET told',
    severity: 'low',
    cwe: [933, 200],
    owasp: [API[8], TOP[5]],
    what: 'Responses have an X-AspNet-Version or X-AspNetMvc-Version field.',
    why: 'Known faults of exactly that version can be looked up and tried.',
    fix: 'Set enableVersionHeader="false" on httpRuntime in web.config, and MvcHandler.DisableMvcResponseHeader to true.',
    references: [
      zap(10061),
      'https://learn.microsoft.com/en-us/dotnet/api/system.web.configuration.httpruntimesection.enableversionheader',
    ],
  },
  confidence: 'high',
  scope: 'host',
  run,
};
