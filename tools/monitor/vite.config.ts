// Two pages, each one file that works from file://: report.html, which `instroom report` puts data into, and site.html, which reads files itself.
import { defineConfig } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';

export default defineConfig(({ mode }) => ({
  plugins: [viteSingleFile({ removeViteModuleLoader: true })],
  // The worker of the site is a text in the page: no second file, no network.
  worker: { format: 'iife' },
  build: {
    target: 'es2022',
    outDir: process.env.MONITOR_OUT ?? 'built',
    emptyOutDir: false,
    modulePreload: false,
    rollupOptions: { input: `${mode}.html` },
    chunkSizeWarningLimit: 8000,
  },
}));
