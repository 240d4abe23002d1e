import { describedStrategy } from '../../sharing/catalogue.ts'
import { pages, QuantityError } from '../../units/quantity.ts'
import type { Mapping } from '../../workload/group.ts'
import type { Workload } from '../../workload/workload.ts'
import type { Finding } from '../result/finding.ts'
import { found } from '../result/finding.ts'
import type { PlannedStrategy } from '../result/result.ts'
import { isPlanned, planOne } from '../strategy/plans.ts'

/** What to know of a plan whose scenario was captured from a machine. */
export function captureFindings(
  workload: Workload,
  planned: readonly PlannedStrategy[],
): readonly Finding[] {
  const described = planned.find(({ id }) => id === 'as-described')
  return [
    ...unreadFindings(workload),
    ...(described === undefined ? [] : partialFindings(workload, described)),
  ]
}

/** Memory that these processes share is in no region, although it may exist. */
function unreadFindings({ measured, groups, regions }: Workload): readonly Finding[] {
  const processes = measured?.withoutMappings ?? 0
  if (processes === 0) return []
  const all = groups.reduce((sum, group) => sum + group.processes, 0)
  const numbers = { processes, allProcesses: Math.max(all, processes), regions: regions.length }
  return [{ ...found('mappings-unread', 'warning'), ...numbers }]
}

/** A server that has not run for long has touched less than it will: the same with all it maps. */
function partialFindings(workload: Workload, described: PlannedStrategy): readonly Finding[] {
  if (workload.measured === undefined) return []
  if (workload.groups.every(({ maps }) => maps.every(isWhole))) return []
  const whole = planWhole(workload)
  if (whole === undefined) return []
  const groups = described.groups.flatMap(({ name, processes, perProcess }) => {
    const bytes = processes * perProcess.bytes
    const all = whole.groups.find((group) => group.name === name)
    const allBytes = processes * (all?.perProcess.bytes ?? 0)
    return allBytes > bytes ? [{ name, processes, bytes, allBytes }] : []
  })
  if (groups.length === 0) return []
  return [
    {
      ...found('touched-in-part', 'note'),
      strategy: described.id,
      bytes: described.pageTables.bytes,
      allBytes: whole.pageTables.bytes,
      groups: groups.toSorted((left, right) => right.allBytes - left.allBytes),
    },
  ]
}

function planWhole(workload: Workload): PlannedStrategy | undefined {
  try {
    const planned = planOne(wholly(workload), describedStrategy, new Set())
    return isPlanned(planned) ? planned.result : undefined
  } catch (error) {
    if (error instanceof QuantityError) return undefined
    throw error
  }
}

function wholly(workload: Workload): Workload {
  const groups = workload.groups.map((group) => ({ ...group, maps: group.maps.map(touchedWhole) }))
  return { ...workload, groups }
}

function touchedWhole(map: Mapping): Mapping {
  return { ...map, touched: { kind: 'ranges', ranges: [{ first: pages(0), length: map.length }] } }
}

function isWhole({ touched, length }: Mapping): boolean {
  if (touched.kind !== 'ranges') return false
  const [only, another] = touched.ranges
  return only?.first === 0 && only.length === length && another === undefined
}
