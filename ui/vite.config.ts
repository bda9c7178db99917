/** Builds the web app to dist/ui: plain files, no inline scripts, one chunk per page. */
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { routes } from '../src/web/contract/routes.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const NAME = 'virtual:addresses'

/** The browser needs only where a route lives; its schemas (and zod) are types by then. */
const addresses: Plugin = {
  name: 'lagerbro-addresses',
  resolveId: (id) => (id === NAME ? `\0${NAME}` : null),
  load: (id) =>
    id === `\0${NAME}`
      ? `export const addresses = ${JSON.stringify(Object.fromEntries(Object.entries(routes).map(([name, route]) => [name, { method: route.method, path: route.path }])))}`
      : null,
}

export default defineConfig({
  root: here,
  plugins: [addresses, react()],
  // The module preload polyfill would be an inline script, which the content security policy forbids; every browser we support has it.
  build: {
    outDir: fileURLToPath(new URL('../dist/ui', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
  },
})
