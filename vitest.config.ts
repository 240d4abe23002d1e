import { defineConfig } from 'vitest/config'

/** It counts calls, for which it changes modules. */
const counting = 'test/plan/plans-made.test.ts'

const room = (name: string, ...folders: string[]) => ({
  extends: true as const,
  test: {
    name,
    include: folders.map((folder) => `test/${folder}/**/*.test.ts`),
    exclude: [counting],
  },
})

export default defineConfig({
  test: {
    env: { NO_COLOR: '1', TZ: 'UTC', LANG: 'C' },
    // Only against hanging.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    maxWorkers: '100%',
    // Modules are loaded once for all files of a worker: of these no test changes one.
    isolate: false,
    reporters: process.env['CI']
      ? ['default', ['json', { outputFile: 'test-report.json' }]]
      : ['default'],
    coverage: { provider: 'v8', include: ['src/**'] },
    projects: [
      room(
        'unit',
        'units',
        'geometry',
        'space',
        'accounting',
        'workload',
        'sharing',
        'host',
        'plan',
        'scenario',
        'saved',
        'render',
        'report',
        'cli',
        'importers',
        'capture',
      ),
      { extends: true, test: { name: 'counting', include: [counting], isolate: true } },
      room('law', 'law'),
      room('oracle', 'oracle'),
      room('fuzz', 'fuzz'),
      room('transcript', 'transcript'),
      room('scenarios', 'scenarios'),
      room('house', 'house'),
    ],
  },
})
