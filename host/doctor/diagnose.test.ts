import { describe, expect, it } from 'vitest';
import { Diagnosis } from '#model/contract/doctor.ts';
import { diagnose } from './diagnose.ts';
import type { RunFacts } from './facts.ts';
import { facts, refusal, seen } from './testing.ts';

const ids = (given: Partial<RunFacts>) => diagnose(facts(given)).map(({ id }) => id);

describe('the doctor', () => {
  it('has nothing to say of traffic that is as it should be', () => {
    expect(ids({ exchanges: [seen(), seen({ host: 'b.test' })] })).toEqual([]);
  });

  it('puts what is certain before what may be', () => {
    const given = facts({
      exchanges: [seen({ altSvc: 'h3=":443"', userAgent: 'Mozilla/5.0' })],
      refusals: [refusal({ host: 'pinned.test' }), refusal({ host: 'pinned.test' })],
    });
    const found = diagnose(given);
    expect(found.map(({ id }) => id)).toEqual(['certificate-pinned', 'http3-around']);
    // What goes over the contract is what it says it is.
    for (const one of found) expect(Diagnosis.parse(one)).toEqual(one);
  });
});
