import { describe, expect, it } from 'vitest'
import type { Result } from '../../../src/plan/result/result.ts'
import type { SweepResult } from '../../../src/plan/result/what-if/sweep-result.ts'
import { leafPaths, valueAt } from '../../../src/plan/sweep/metric.ts'
import { answerTo } from '../../scenarios/shipped.ts'

/** Scenario, axis, and what the axis comes to as `--set` has it. */
const sweeps: readonly (readonly [
  file: string,
  path: string,
  values: string,
  texts: readonly string[],
])[] = [
  ['oracle-sga-300g', 'groups.clients.processes', '200,400,600', ['200', '400', '600']],
  ['multi-tenant', 'host.memory', '64GB..256GB:x4', ['64 GiB', '256 GiB']],
  ['oracle-mixed-sga', 'regions.sga.fallback', 'fail,mixed', ['fail', 'mixed']],
  ['measured-at-random', 'host.layout', 'x86-64,arm64-64k-48', ['x86-64', 'arm64-64k-48']],
]

/** One for each effort, of several strategies. */
const metrics = [
  ...[
    'pageTables.bytes',
    'memory.headroomBytes',
    'risk.level',
    'vmas',
    'pageTables.levels.pte.bytes',
  ],
  ...['savings.bytes', 'limits.0.metric', 'strategies.threads.pageTables.bytes', 'verdict'],
]

describe.each(sweeps)('%s by %s', (file, path, values, texts) => {
  it('has at each point what a plan with --set has', async () => {
    const asked = metrics.flatMap((metric) => ['--metric', metric])
    const swept = await answerTo([
      'sweep',
      `scenarios/${file}.yaml`,
      '--vary',
      `${path}=${values}`,
      ...asked,
      '-f',
      'json',
    ])
    expect(swept).toMatchObject({ status: 0, stderr: '' })
    const { points, metrics: named } = JSON.parse(swept.stdout) as SweepResult
    expect(named).toEqual(metrics)
    expect(points).toHaveLength(texts.length)
    for (const [index, text] of texts.entries()) {
      const planned = await answerTo([
        'plan',
        `scenarios/${file}.yaml`,
        '--set',
        `${path}=${text}`,
        '-f',
        'json',
      ])
      const result = JSON.parse(planned.stdout) as Result
      expect(leafPaths(result).length).toBeGreaterThan(100)
      const expected = metrics.map((metric) => {
        const isOfResult = metric === 'verdict' || metric.startsWith('strategies.')
        const steps = isOfResult
          ? metric.split('.')
          : ['strategies', 'as-described', ...metric.split('.')]
        return valueAt(result, steps) ?? null
      })
      expect(points[index]?.values).toEqual(expected)
    }
  })
})
