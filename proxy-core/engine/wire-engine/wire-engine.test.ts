import { describeEngine } from '../contract-tests/describe-engine.ts';
import { createWireEngine } from './wire-engine.ts';

describeEngine('wire', createWireEngine);
