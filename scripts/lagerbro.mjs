#!/usr/bin/env node
// The `lagerbro` command: `lagerbro start`, `lagerbro help`.
process.argv.splice(2, 0, 'lagerbro')
await import('./run.mjs')
