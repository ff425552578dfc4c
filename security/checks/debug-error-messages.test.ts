import { testCheck } from '../testing/test-check.ts';
import { debugErrorMessages } from './debug-error-messages.ts';

testCheck(debugErrorMessages, {
  finds: [
    '200\nContent-Type: text/html\n\n<p>«Stack trace:» #0',
    '500\nContent-Type: text/plain\n\n«Microsoft VBScript runtime error» 800a000d',
    '200\nContent-Type: application/json\n\n{"id":1,«"debug":{"»sql":"SELECT 1"}}',
    '200\nContent-Type: text/plain\n\n«[DEBUG] c»onnecting to db',
  ],
  passes: [
    '200\nContent-Type: application/json\n\n{"debug":false,"level":"error"}',
    '200\nContent-Type: text/html\n\n<p>How to debug an error</p>',
    '200\nContent-Type: application/json\n\n{"debugger":"off","trace":"7f3c"}',
    '200\nContent-Type: text/javascript\n\nconsole.log("Stack trace:")',
    '200\nContent-Type: application/json\n\n{"debug":""}',
  ],
  lowOnly: ['200\nContent-Type: text/javascript\n\nconsole.log("Stack trace:")'],
});
