import { expect, it } from 'vitest'
import { allProcesses, processesOf } from '../../../src/plan/limits/variables.ts'
import type { LimitCurve, LimitPoint } from '../../../src/plan/result/limits-result.ts'
import { fullness, fullnessBetween } from '../../../src/plan/result/what-if/fullness.ts'
import { tryPlan } from '../../../src/plan/strategy/plans.ts'
import { frameOf, valueAcross, yOf } from '../../../src/report/pictures/frame.ts'
import { changedScenario, growthLimits } from '../../../src/report/scenario/replan.ts'
import { strategyOf } from '../../../src/sharing/catalogue.ts'
import type { Workload } from '../../../src/workload/workload.ts'
import { reported } from '../../report/entries.ts'
import { textOf } from '../../scenarios/shipped.ts'

/** The first process of each group brings a region along; one group has a cgroup that gets full first. */
const steps = `version: 1
name: Steps
host: { memory: 100 GiB, cgroups: { db: { limit: 20 GiB } } }
regions:
  shared: { size: 30 GiB, backing: memfd, pageSize: 2 MiB }
  table: { size: 12 GiB, backing: anonymous }
groups:
  backends: { processes: 60, private: 100 MiB, maps: [{ region: shared }] }
  batch: { processes: 3, private: 3 GiB, cgroup: db, maps: [{ region: table }] }
`

const swapping = `version: 1
name: Swapping
host: { memory: 16 GiB, swap: 8 GiB }
regions: { buffers: { size: 12 GiB, backing: sysv-shm } }
groups: { workers: { processes: 200, private: 20 MiB, maps: [{ region: buffers, touched: { first: 2 GiB } }] } }
`

/** How full memory is where a plan is asked for that number itself. */
function planned(workload: Workload, id: string): number | undefined {
  const named = strategyOf(workload.host.layout, id)
  const outcome = named === undefined ? undefined : tryPlan(workload, named)
  if (outcome === undefined) return undefined
  const { memory, risk } = outcome
  const host = 1 - memory.headroomBytes / workload.host.memory
  return Math.max(host, ...risk.cgroups.map((one) => one.demandBytes / one.limitBytes))
}

function drawn({ points }: LimitCurve, value: number): number | undefined {
  const next = points.findIndex((point) => point.value >= value)
  const [left, right]: readonly (LimitPoint | undefined)[] = [points[next - 1], points[next]]
  if (right?.value === value) return fullness(right)
  if (left === undefined || right === undefined) return undefined
  if (left.refusal !== undefined || right.refusal !== undefined) return undefined
  return fullnessBetween(left, right, value)
}

/** A scenario with its curves, and what it is with another number of processes. */
async function drawnOf(text: string) {
  const { entry, result } = await reported(text)
  const changed = changedScenario(entry, [])
  const workload = changed.ok ? changed.workload : undefined
  const [chart] = (workload && growthLimits(workload, result)?.charts) ?? []
  if (workload === undefined || chart === undefined) throw new Error('no chart')
  const index = workload.groups.findIndex(({ name }) => name === chart.group)
  const variable = index < 0 ? allProcesses(workload) : processesOf(workload, index)
  const plannedWith = (value: number, { strategy }: LimitCurve): number | undefined => {
    const there = variable.with(value)
    return there === undefined ? undefined : planned(there, strategy)
  }
  return { chart, plannedWith }
}

const scenarios = [
  ['steps', steps],
  ['swapping', swapping],
  ['multi-tenant', textOf('multi-tenant')],
  ['postgresql-400-backends', textOf('postgresql-400-backends')],
] as const

it.each(scenarios)('a point of a curve is the plan of that number: %s', async (_, text) => {
  const { chart, plannedWith } = await drawnOf(text)
  expect(chart.curves.length).toBeGreaterThan(2)
  for (const curve of chart.curves) {
    for (const point of curve.points) {
      expect(plannedWith(point.value, curve)).toBeCloseTo(fullness(point), 12)
    }
  }
})

/** Numbers that are compared of each curve. */
const places = 24

it.each(scenarios)(
  'between its points a curve is as high as the plan, within a point of the picture: %s',
  async (_, text) => {
    const { chart, plannedWith } = await drawnOf(text)
    const frame = frameOf(chart.axis, 1.25)
    const width = frame.right - frame.left
    let compared = 0
    for (const curve of chart.curves) {
      for (let place = 1; place < places; place += 1) {
        const part = place / places
        const beside = [part - 1 / width, part + 1 / width]
        const value = Math.round(valueAcross(part, chart.axis))
        const heights = [value, ...beside.map((one) => valueAcross(one, chart.axis))]
          .flatMap((one) => drawn(curve, one) ?? [])
          .map((full) => yOf(full, frame))
        const full = plannedWith(value, curve)
        if (full === undefined || full > frame.most || heights.length < 3) continue
        compared += 1
        const y = yOf(full, frame)
        expect(y, `${curve.strategy} at ${value}`).toBeLessThan(Math.max(...heights) + 1)
        expect(y, `${curve.strategy} at ${value}`).toBeGreaterThan(Math.min(...heights) - 1)
      }
    }
    expect(compared).toBeGreaterThan(20)
  },
)
