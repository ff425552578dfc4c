/**
 * Builds the desktop shell into electron/dist: the back end as ECMAScript modules, one file for each source file, so that what finds its
 * neighbours by `import.meta.url` (workers, package.json, the built workbench) finds them there as in the checkout; and the preload script
 * as one CommonJS file, because a sandboxed preload script can be nothing else. Dependencies stay in node_modules.
 *
 * `electron/dist` mirrors the checkout:
 *   main.js preload.cjs package.json   electron/*.js host/*.js store/worker.js …   renderer/dist/
 */
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, relative, sep } from 'node:path';
import { build, defineConfig, type InlineConfig, type Plugin } from 'vite';

const ROOT = join(import.meta.dirname, '..');
const OUT = join(import.meta.dirname, 'dist');
const alias = [{ find: /^#([\w-]+)\//, replacement: `${ROOT}/$1/` }];
const isExternal = (id: string) => isBuiltin(id) || (/^[\w@]/.test(id) && !/^[A-Za-z]:[\\/]/.test(id));

/** `electron/main.ts` becomes main.js; every other file keeps its place. */
function fileName(source: string | null | undefined, name: string): string {
  if (!source) return `${name}.js`;
  const path = relative(ROOT, source).split(sep).join('/');
  return path === 'electron/main.ts' ? 'main.js' : path.replace(/\.ts$/, '.js');
}

function preloadConfig(outDir: string): InlineConfig {
  return {
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    resolve: { alias },
    build: {
      ssr: join(ROOT, 'electron/preload.ts'),
      outDir,
      emptyOutDir: false,
      minify: false,
      target: 'node24',
      rolldownOptions: { external: ['electron'], output: { format: 'cjs', entryFileNames: 'preload.cjs' } },
    },
  };
}

/** What goes beside the modules: the preload script, the manifest that gives them their kind and version, the workbench. */
function companions(): Plugin {
  return {
    name: 'sluice-shell-companions',
    apply: 'build',
    async writeBundle({ dir = OUT }) {
      await build(preloadConfig(dir));
      const { name, version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
      writeFileSync(join(dir, 'package.json'), JSON.stringify({ name, version, type: 'module' }));
      const workbench = join(ROOT, 'renderer/dist');
      if (!existsSync(workbench)) this.error('The workbench is not built: run npm run build first.');
      cpSync(workbench, join(dir, 'renderer/dist'), { recursive: true });
    },
  };
}

export default defineConfig({
  root: ROOT,
  publicDir: false,
  resolve: { alias },
  plugins: [companions()],
  build: {
    ssr: true,
    outDir: OUT,
    emptyOutDir: true,
    minify: false,
    target: 'node24',
    rolldownOptions: {
      input: [
        'electron/main.ts',
        'store/worker.ts',
        'security/worker.ts',
        'host/clients/proc-worker.ts',
        'host/redaction/worker.ts',
        'host/search-worker.ts',
        'host/scripts/worker.ts',
        // Loaded by its address, when the first coded body is filtered by.
        'formats/content-decoding.ts',
      ].map((path) => join(ROOT, path)),
      external: isExternal,
      output: {
        format: 'es',
        preserveModules: true,
        preserveModulesRoot: ROOT,
        entryFileNames: ({ facadeModuleId, name }) => fileName(facadeModuleId, name),
        chunkFileNames: '[name].js',
      },
    },
  },
});
