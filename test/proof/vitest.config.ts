import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { skipReporter } from './skip-reporter.ts'

/**
 * What asks this machine, one file at a time: PageTables of the kernel counts every process. Then
 * the laws with all their cases. `npm run proof` runs both.
 */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    env: { NO_COLOR: '1', TZ: 'UTC', LANG: 'C', LAW_RUNS: 'full' },
    // Only against hanging.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'machine',
          include: ['test/proof/**/*.test.ts'],
          maxWorkers: 1,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'law',
          include: ['test/law/**/*.test.ts'],
          maxWorkers: '100%',
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
    reporters: process.env['CI']
      ? ['verbose', skipReporter, ['json', { outputFile: 'proof-report.json' }]]
      : ['verbose', skipReporter],
  },
})
