import { plan } from '../../../src/plan/plan.ts'
import type { PlannedStrategy } from '../../../src/plan/result/result.ts'
import { readScenario } from '../../../src/scenario/read-scenario.ts'
import type { Workload } from '../../../src/workload/workload.ts'
import { strategy } from '../../build.ts'

/** Reads a scenario that must be right. */
export function workloadOf(text: string): Workload {
  const reading = readScenario(text, 'drawn.yaml')
  if (reading.ok) return reading.workload
  throw new Error(`the drawn scenario cannot be read:\n${JSON.stringify(reading.issues)}\n${text}`)
}

/** The model's answer for the scenario as it is described. */
export function planOf(workload: Workload): PlannedStrategy {
  const planned = strategy(plan(workload, { name: 'drawn' }), 'as-described')
  if (planned.obstacles.length > 0) throw new Error(JSON.stringify(planned.obstacles))
  return planned
}

/** VmPTE in KB, process by process, groups in file order: what the kernel must say too. */
export function vmPteOf({ groups }: PlannedStrategy): readonly number[] {
  return groups.flatMap(({ processes, perProcess }) =>
    Array.from({ length: processes }, () => Math.floor(perProcess.vmPteBytes / 1024)),
  )
}

/** Least and most VmPTE in KB: what is physical without what VmPTE leaves out. */
export function vmPteBoundsOf(workload: Workload): readonly (readonly [number, number])[] {
  const loose = planOf(workload)
  const idle = planOf(untouched(workload))
  return loose.groups.flatMap(({ processes, perProcess }, index) => {
    const none = idle.groups[index]?.perProcess.bytes ?? Number.NaN
    const { leastBytes, mostBytes } = perProcess
    return Array.from({ length: processes }, (): [number, number] => [
      (leastBytes - none) / 1024,
      (mostBytes - none) / 1024,
    ])
  })
}

function untouched(workload: Workload): Workload {
  const nothing = { kind: 'ranges', ranges: [] } as const
  return {
    ...workload,
    groups: workload.groups.map((group) => ({
      ...group,
      maps: group.maps.map((mapping) => ({ ...mapping, touched: nothing })),
    })),
  }
}
