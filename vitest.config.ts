import { defineConfig } from 'vitest/config'

const room = (name: string, ...folders: string[]) => ({
  extends: true as const,
  test: { name, include: folders.map((folder) => `test/${folder}/**/*.test.ts`) },
})

export default defineConfig({
  test: {
    env: { NO_COLOR: '1', TZ: 'UTC', LANG: 'C' },
    // Only against hanging.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    maxWorkers: '100%',
    // Modules are loaded once for all files of a worker: no test changes one.
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
        'cli',
        'importers',
        'capture',
      ),
      room('law', 'law'),
      room('oracle', 'oracle'),
      room('fuzz', 'fuzz'),
      room('transcript', 'transcript'),
      room('scenarios', 'scenarios'),
      room('house', 'house'),
    ],
  },
})
