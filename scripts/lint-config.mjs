/**
 * Writes biome.json: house rules and, from the table below, who may import whom. The table is the one place to change it.
 * `node scripts/lint-config.mjs` rewrites the file; with `--check` it exits 1 when the file is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** ARCHITECTURE.md, "Who may import whom". */
const MAY_IMPORT = {
  model: [],
  certs: ['model'],
  store: ['model'],
  formats: ['model'],
  security: ['model'],
  'proxy-core': ['model', 'certs'],
  host: ['model', 'certs', 'proxy-core', 'store', 'formats', 'security'],
  renderer: ['model', 'formats'],
  electron: ['model', 'host'],
  e2e: ['model', 'proxy-core'],
  bench: ['model', 'proxy-core', 'store'],
};
const ROOMS = Object.keys(MAY_IMPORT);
/** These see the program from outside: of proxy-core only its testing/. */
const OUTSIDE = ['e2e', 'bench'];
const ADAPTER = 'proxy-core/engine/http-mitm-proxy/adapter.ts';
/** Starts the library by itself, for comparison. */
const BENCH_PEER = 'bench/peers/http-mitm-proxy-program.ts';
/** Packages that one room alone may import. */
const OWNERS = { 'node-forge': 'certs', 'node:sqlite': 'store', electron: 'electron' };

const restricted = (includes, paths, patterns) => ({
  includes,
  linter: { rules: { style: { noRestrictedImports: { level: 'error', options: { paths, patterns } } } } },
});

const reach = (room) => [`#${room}/**`, `../**/${room}/**`];

function pathsFor(room) {
  const owned = Object.entries(OWNERS).filter(([, owner]) => owner !== room);
  const paths = Object.fromEntries(owned.map(([name, owner]) => [name, `${name} only in ${owner}/`]));
  return { ...paths, 'http-mitm-proxy': `http-mitm-proxy only in ${ADAPTER}` };
}

function patternsFor(room) {
  const may = MAY_IMPORT[room];
  const others = ROOMS.filter((other) => other !== room);
  const allowed = may.length > 0 ? may.join(', ') : 'no other room';
  const patterns = [
    {
      group: others.filter((other) => !may.includes(other)).flatMap(reach),
      message: `${room}/ may import ${allowed}`,
    },
  ];
  if (may.length > 0) {
    patterns.push({
      group: may.map((other) => `../**/${other}/**`),
      message: 'reach another room by its # name, not by a relative path',
    });
  }
  if (OUTSIDE.includes(room)) {
    patterns.push({
      group: ['#proxy-core/**', '!#proxy-core/testing/**'],
      message: `${room}/ sees the program from outside: of proxy-core only testing/`,
    });
  }
  if (room === 'model') {
    patterns.push({
      group: ['**', '!zod', '!zod/**', '!re2js', '!./**', '!../**'],
      message: 'model/ is pure: zod and re2js alone',
    });
  }
  if (room === 'renderer') patterns.push({ group: ['node:*'], message: 'renderer/ runs in a browser' });
  return patterns;
}

/** Tests may use what their room may, and proxy-core/testing. */
function testPatternsFor(room) {
  const may = MAY_IMPORT[room];
  const foreign = ROOMS.filter((other) => other !== room && other !== 'proxy-core' && !may.includes(other));
  const group = foreign.flatMap(reach);
  if (!may.includes('proxy-core')) group.push('#proxy-core/**', '!#proxy-core/testing/**');
  return [{ group, message: `tests of ${room}/ may import what ${room}/ may, and proxy-core/testing` }];
}

function layers() {
  const overrides = ROOMS.map((room) => restricted([`${room}/**`], pathsFor(room), patternsFor(room)));
  for (const room of ROOMS.filter((name) => !OUTSIDE.includes(name) && name !== 'proxy-core')) {
    overrides.push(
      restricted([`${room}/**/*.test.ts`, `${room}/testing/**`], pathsFor(room), testPatternsFor(room)),
    );
  }
  for (const [file, room] of [
    [ADAPTER, 'proxy-core'],
    [BENCH_PEER, 'bench'],
  ]) {
    const { 'http-mitm-proxy': _, ...paths } = pathsFor(room);
    overrides.push(restricted([file], paths, patternsFor(room)));
  }
  return overrides;
}

const config = {
  $schema: './node_modules/@biomejs/biome/configuration_schema.json',
  vcs: { enabled: true, clientKind: 'git', useIgnoreFile: true },
  files: { includes: ['**', '!**/dist', '!package-lock.json', '!**/*.md'] },
  formatter: { indentStyle: 'space', indentWidth: 2, lineWidth: 110 },
  // As JSON.stringify writes it, so that this file's output is also formatted.
  json: { formatter: { expand: 'always' } },
  javascript: { formatter: { quoteStyle: 'single', semicolons: 'always', trailingCommas: 'all' } },
  linter: {
    rules: {
      preset: 'recommended',
      style: {
        noDefaultExport: 'error',
        noNonNullAssertion: 'error',
        useImportType: 'error',
        useNodejsImportProtocol: 'error',
        useFilenamingConvention: {
          level: 'error',
          options: { strictCase: false, requireAscii: true, filenameCases: ['kebab-case', 'PascalCase'] },
        },
      },
      suspicious: { noExplicitAny: 'error', noConsole: 'error' },
      correctness: { noUnusedImports: 'error', noUnusedVariables: 'error' },
    },
  },
  overrides: [
    ...layers(),
    // An ARIA grid of virtual rows is made of plain elements: rows that come and go cannot be a table's.
    {
      includes: ['renderer/features/sessions/**'],
      linter: { rules: { a11y: { useSemanticElements: 'off', useFocusableInteractive: 'off' } } },
    },
    { includes: ['renderer/public/**'], linter: { rules: { a11y: { noSvgWithoutTitle: 'off' } } } },
    { includes: ['**/*.test.ts'], linter: { rules: { suspicious: { noTemplateCurlyInString: 'off' } } } },
    { includes: ['**/*.config.ts'], linter: { rules: { style: { noDefaultExport: 'off' } } } },
    {
      includes: ['scripts/**', 'bench/**', 'docs/scripts/**'],
      linter: { rules: { suspicious: { noConsole: 'off' } } },
    },
  ],
};

const file = fileURLToPath(new URL('../biome.json', import.meta.url));
const text = `${JSON.stringify(config, null, 2)}\n`;
if (process.argv.includes('--check')) {
  if (readFileSync(file, 'utf8') !== text) {
    console.error('biome.json is out of date: run node scripts/lint-config.mjs');
    process.exitCode = 1;
  }
} else {
  writeFileSync(file, text);
}
