/** What any engine must do, whatever it is built on. Each suite is a file; an engine's test calls this with its factory. */
import { afterAll, beforeAll, describe } from 'vitest';
import type { EngineFactory } from '../engine.ts';
import { type Surroundings, surroundings } from './bench-engine.ts';
import { describeFailures } from './failures.ts';
import { describeForwarding } from './forwarding.ts';
import { describeOwnAddress } from './own-address.ts';
import { describeSends } from './sends.ts';
import { describeWebSocket } from './websocket.ts';

/** Gives a suite its surroundings, which exist only while tests run. */
export type Bench = () => Surroundings;

export function describeEngine(name: string, factory: EngineFactory): void {
  describe(`engine ${name}`, () => {
    let made: Surroundings | undefined;
    beforeAll(async () => {
      made = await surroundings(factory);
    });
    afterAll(async () => {
      await made?.[Symbol.asyncDispose]();
    });
    const bench: Bench = () => {
      if (!made) throw new Error('used outside a test');
      return made;
    };
    describeForwarding(bench);
    describeFailures(bench);
    describeOwnAddress(bench);
    describeSends(bench);
    describeWebSocket(bench);
  });
}
