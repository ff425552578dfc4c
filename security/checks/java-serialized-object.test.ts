import { testCheck } from '../testing/test-check.ts';
import { javaSerializedObject } from './java-serialized-object.ts';

const OBJECT = `rO0AB${'XNyABFqYXZhLnV0aWwuSGFzaE1hcA'}`;

testCheck(javaSerializedObject, {
  readsMedia: true,
  finds: [
    `GET /x?state=«${OBJECT}»\n---\n200`,
    `GET /x\nCookie: u=«${OBJECT}»\n---\n200`,
    `200\nContent-Type: text/html\n\n<input value="«${OBJECT}»">`,
    `POST /x\nContent-Type: application/json\n\n{"o":"«aced000573720011»"}\n---\n200`,
    {
      responseHeaders: [['Content-Type', 'application/octet-stream']],
      responseBody: new Uint8Array([0xac, 0xed, 0, 5, 0x73, 0x72]),
    },
  ],
  passes: [
    'GET /x?state=rO0ms\n---\n200',
    'GET /x?state=xrO0ABXNyABFqYXZhLnV0aWw\n---\n200',
    '200\nContent-Type: application/json\n\n{"a":"aced0004123412341234"}',
    {
      responseHeaders: [['Content-Type', 'image/png']],
      responseBody: new Uint8Array([0x89, 0x50, 0x4e, 0x47]),
    },
    '200\nContent-Type: text/plain\n\nAced it',
  ],
});
