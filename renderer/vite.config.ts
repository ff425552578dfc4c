/**
 * Builds the workbench into renderer/dist. The page may run scripts from its own origin alone (CSP `script-src 'self'`), so nothing
 * here may inline one: no module-preload polyfill, no legacy plugin.
 */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: ['chrome123', 'firefox128', 'safari18'],
    modulePreload: { polyfill: false },
    // Fonts and icons stay files: `font-src 'self'` has no data: in it.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What tells zod to do without `new Function` runs before the first schema, whatever chunk that is in.
          groups: [{ name: 'zod', test: /node_modules[\\/]zod[\\/]|rpc[\\/]jitless\.ts$/ }],
        },
      },
    },
  },
});
