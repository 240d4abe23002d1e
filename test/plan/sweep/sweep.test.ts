import { describe, expect, it } from 'vitest'
import { metricOf } from '../../../src/plan/sweep/metric.ts'
import type { SweepAxis, VariedReading } from '../../../src/plan/sweep/sweep.ts'
import { sweep } from '../../../src/plan/sweep/sweep.ts'
import { readScenario } from '../../../src/scenario/read-scenario.ts'

const text = `
version: 1
host: { memory: 512 GB }
regions: { sga: { size: 300 GB, backing: sysv-shm } }
groups: { clients: { processes: 1500, private: 6 MB, maps: [{ region: sga }] } }
`

function numbers(path: string, ticks: readonly number[]): SweepAxis {
  const tickAt = (index: number) => ticks[index] ?? 0
  return {
    path,
    length: ticks.length,
    valueAt: tickAt,
    textAt: (index) => String(tickAt(index)),
    numbers: { tickAt, textOf: String, publish: (tick) => tick, isBytes: false },
  }
}

function texts(path: string, all: readonly string[]): SweepAxis {
  const textAt = (index: number) => all[index] ?? ''
  return { path, length: all.length, valueAt: textAt, textAt }
}

function swept(axes: readonly SweepAxis[]) {
  const read = (values: readonly string[]): VariedReading => {
    const overrides = axes.map(({ path }, index) => ({ path, value: values[index] ?? '' }))
    const reading = readScenario(text, 'sga.yaml', overrides)
    if (reading.ok) return reading
    return { ok: false, refusal: { kind: 'invalid', message: reading.issues[0]?.message ?? '' } }
  }
  const metrics = [metricOf('vmas', ['vmas'], 'as-described')]
  return [...sweep({ axes, read, about: { name: 'sga' }, strategy: 'as-described', metrics })]
}

const processes = numbers('groups.clients.processes', [100, 300, 500])
const layouts = texts('host.layout', ['x86-64', 'arm64-64k-48'])

describe('a sweep', () => {
  it('has a point for each value, and the exact changes between them', () => {
    const points = swept([processes])
    expect(points.map(({ point }) => [point.at, point.values, point.risk])).toEqual([
      [[100], [100], 'safe'],
      [[300], [300], 'tight'],
      [[500], [500], 'oom'],
    ])
    // As `limits` has it: safe to 270, at most 357.
    expect(points.flatMap(({ changes }) => changes)).toEqual([
      {
        axis: 'groups.clients.processes',
        from: { value: 270, risk: 'safe' },
        to: { value: 271, risk: 'tight' },
        exact: true,
      },
      {
        axis: 'groups.clients.processes',
        from: { value: 357, risk: 'tight' },
        to: { value: 358, risk: 'oom' },
        exact: true,
      },
    ])
  })

  it.each([
    [
      [processes, layouts],
      [100, 'x86-64'],
      [100, 'arm64-64k-48'],
    ],
    [
      [layouts, processes],
      ['x86-64', 100],
      ['x86-64', 300],
    ],
  ])(
    'of two axes runs fastest along the last, and finds changes along the numbers',
    (axes, first, second) => {
      const points = swept(axes)
      expect(points.map(({ point }) => point.at).slice(0, 2)).toEqual([first, second])
      expect(points).toHaveLength(6)
      const changes = points.flatMap((point) => point.changes)
      expect(changes.map(({ other, from }) => [other, from.value])).toEqual([
        ['x86-64', 270],
        ['x86-64', 357],
      ])
    },
  )

  it('says why a point has no plan', () => {
    const points = swept([
      texts('regions.sga.backing', ['sysv-shm', 'posix-shm']),
      texts('regions.sga.pageSize', ['2 MiB']),
    ])
    expect(points.map(({ point }) => point.refusal)).toEqual([
      undefined,
      { kind: 'invalid', message: 'posix-shm has no pages of 2 MiB' },
    ])
    expect(points[1]?.point).toMatchObject({ values: [null] })
    expect(points[1]?.point).not.toHaveProperty('risk')
  })

  it('says where the risk gets better again', () => {
    const wavering = numbers('host.hugepages["2 MiB"]', [0, 100_000, 200_000])
    expect(swept([wavering]).some(({ turns }) => turns)).toBe(false)
    const pages = texts('regions.sga.pageSize', ['2 MiB'])
    const pools = swept([numbers('host.hugepages["2 MiB"]', [0, 160_000, 262_000]), pages])
    expect(pools.map(({ point }) => point.risk)).toEqual(['no-start', 'safe', 'oom'])
    expect(pools.some(({ turns }) => turns)).toBe(true)
  })
})
