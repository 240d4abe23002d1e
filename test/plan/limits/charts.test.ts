import { describe, expect, it } from 'vitest'
import { chartsOf } from '../../../src/plan/limits/charts.ts'
import { limitsOf } from '../../../src/plan/limits/limits.ts'
import type { LimitChart, LimitPoint } from '../../../src/plan/result/limits-result.ts'
import type { WorkloadParts } from '../../build.ts'
import { gib, mib, workload } from '../../build.ts'

/** A GiB of its own, and the top table. */
const each = gib + 4096
const plain = { private: gib, baseTables: 0, kernelMemory: 0 }
const server = (
  processes: number,
  cgroups: Readonly<Record<string, number>> = {},
): WorkloadParts => ({
  host: { memory: 100 * gib, minFree: 0, cgroups },
  groups: { g: { ...plain, processes, ...('db' in cgroups ? { cgroup: 'db' } : {}) } },
})

function chartOf(
  parts: WorkloadParts,
  metric: LimitChart['metric'],
  id = 'base-pages',
): LimitChart | undefined {
  const built = workload(parts)
  const charts = chartsOf(built, limitsOf(built, [id]))
  return charts.find((chart) => chart.metric === metric)
}

function pointAt(chart: LimitChart | undefined, value: number): LimitPoint | undefined {
  return chart?.curves[0]?.points.find((point) => point.value === value)
}

describe('the chart of processes that take a GiB each', () => {
  const chart = chartOf(server(10), 'processes')

  it('reaches a tenth beyond the limit of 99', () => {
    expect(chart).toMatchObject({ metric: 'processes', group: 'g', unit: 'processes', now: 10 })
    expect(chart?.axis).toEqual({ scale: 'linear', from: 0, to: 109 })
  })

  it('has a first process, eighths of the axis, what there is now, and the limits', () => {
    expect(chart?.curves.map(({ strategy }) => strategy)).toEqual(['base-pages'])
    expect(chart?.curves[0]?.points.map(({ value }) => value)).toEqual([
      1, 10, 14, 27, 41, 55, 68, 82, 89, 95, 99, 109,
    ])
  })

  it('has the memory and the level of a plan at each', () => {
    const at = (value: number) => ({ value, usedBytes: value * each, ofBytes: 100 * gib })
    expect(pointAt(chart, 10)).toEqual({ ...at(10), level: 'safe' })
    expect(pointAt(chart, 95)).toEqual({ ...at(95), level: 'tight' })
    expect(pointAt(chart, 109)).toEqual({ ...at(109), level: 'oom' })
  })
})

it('an axis is logarithmic where a limit is more than 20 times another value', () => {
  // 4 now, 89 safe, 99 at most; a margin of (99 / 4) ^ 0.1 = 1.378 on both sides.
  const chart = chartOf(server(4), 'processes')
  expect(chart?.axis).toEqual({ scale: 'log', from: 3, to: 136 })
  // From 3 to 136 in eighths: each value is 1.611 times the one before.
  expect(chart?.curves[0]?.points.map(({ value }) => value)).toEqual([
    3, 4, 5, 8, 13, 20, 33, 52, 84, 89, 99, 136,
  ])
})

it('a curve ends where memory is exceeded by far', () => {
  const parts = server(10)
  const groups = { g: { ...parts.groups?.['g'], private: 30 * gib } }
  // 2 are safe, 3 fit: 4 need 120 % of memory, 6 need 180 %.
  const chart = chartOf({ ...parts, groups }, 'processes')
  expect(chart?.axis.to).toBe(11)
  expect(chart?.curves[0]?.points.map(({ value }) => value)).toEqual([1, 2, 3, 4, 6])
})

it('where a cgroup is fuller than the host, the chart is of the cgroup', () => {
  const chart = chartOf(server(2, { db: 10 * gib }), 'processes')
  expect(pointAt(chart, 2)).toEqual({
    value: 2,
    usedBytes: 2 * each,
    ofBytes: 10 * gib,
    cgroup: 'db',
    level: 'safe',
  })
})

it('memory of the host is what it is set against', () => {
  const chart = chartOf(server(10), 'memory')
  const [least, ...others] = chart?.curves[0]?.points ?? []
  expect(least).toMatchObject({ usedBytes: 10 * each, ofBytes: least?.value, level: 'oom' })
  expect(others.at(-1)).toMatchObject({ value: chart?.axis.to, level: 'safe' })
})

it('a region that its pool does not hold does not start', () => {
  const parts: WorkloadParts = {
    host: { memory: 16 * gib, hugepages: [{ pageBytes: 2 * mib, count: 1024 }] },
    regions: { sga: { size: gib, backing: 'sysv-shm', pageBytes: 2 * mib } },
    groups: { g: { maps: [{ region: 'sga' }] } },
  }
  const chart = chartOf(parts, 'region', 'as-described')
  // The pool is full at 2 GiB.
  expect(chart?.axis.to).toBe(2252 * mib)
  expect(pointAt(chart, 2 * gib)).not.toHaveProperty('refusal')
  expect(pointAt(chart, 2252 * mib)).toMatchObject({ refusal: 'huge-pages' })
})

it('a number that nothing limits has no chart', () => {
  const parts: WorkloadParts = {
    host: { memory: 512 * gib },
    regions: { r: { size: gib, backing: 'file' } },
    groups: {
      g: { maps: [{ region: 'r', touched: { kind: 'ranges', ranges: [] } }] },
    },
  }
  expect(chartOf(parts, 'region')).toBeUndefined()
  expect(chartOf(parts, 'memory')).toBeDefined()
})

it('where another cgroup becomes the fullest, the bend is between two plans next to each other', () => {
  // a is full of 8 GiB of 10; b takes a GiB of 20 for each process, and is fuller from 17 on.
  const chart = chartsOf(...twoCgroups()).find(({ group }) => group === 'b')
  const points = chart?.curves[0]?.points ?? []
  const bend = points.findIndex(({ cgroup }) => cgroup === 'b')
  expect(points[bend]?.value).toBe(17)
  expect(points[bend - 1]).toMatchObject({ value: 16, cgroup: 'a' })
})

function twoCgroups() {
  const built = workload({
    host: { memory: 100 * gib, minFree: 0, cgroups: { a: 10 * gib, b: 20 * gib } },
    groups: {
      a: { ...plain, processes: 8, cgroup: 'a' },
      b: { ...plain, processes: 10, cgroup: 'b' },
    },
  })
  return [built, limitsOf(built, ['base-pages'])] as const
}
