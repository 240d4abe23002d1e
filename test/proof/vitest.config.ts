import { fileURLToPath } from 'node:url'
import { configDefaults, defineConfig } from 'vitest/config'
import { skipReporter } from './skip-reporter.ts'

/** They ask this machine how much memory it has in use: PageTables of the kernel counts every process. */
const alone = ['live', 'postgresql', 'mariadb'].map((folder) => `test/proof/${folder}/**/*.test.ts`)

/**
 * What asks this machine, one file at a time. Then, side by side, what runs packages, browsers and shells, and
 * the laws with all their cases. `npm run proof` runs it all.
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
          include: alone,
          maxWorkers: 1,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'programs',
          include: ['test/proof/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...alone],
          maxWorkers: '100%',
          sequence: { groupOrder: 1 },
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
