import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { skipReporter } from './skip-reporter.ts'

/** What asks this machine, and the laws with all their cases: `npm run proof`. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    env: { NO_COLOR: '1', TZ: 'UTC', LANG: 'C', LAW_RUNS: 'full' },
    include: ['test/proof/**/*.test.ts', 'test/law/**/*.test.ts'],
    // Only against hanging.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    maxWorkers: '100%',
    reporters: process.env['CI']
      ? ['verbose', skipReporter, ['json', { outputFile: 'proof-report.json' }]]
      : ['verbose', skipReporter],
  },
})
