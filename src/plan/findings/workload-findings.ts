import { regionIndex } from '../../sharing/ordinary.ts'
import { leastTables } from '../../workload/base-tables.ts'
import type { Group } from '../../workload/group.ts'
import type { Assumption, Workload } from '../../workload/workload.ts'
import type { Advising } from '../advice/advice.ts'
import type { Finding } from '../result/finding.ts'
import { found } from '../result/finding.ts'
import type { PlannedStrategy } from '../result/result.ts'
import { sparseFindings } from './sparse-findings.ts'

/** What to know of the workload itself, under whatever strategy. */
export function workloadFindings(
  workload: Workload,
  planned: readonly PlannedStrategy[],
  assumptions: readonly Assumption[],
  advising: Advising,
): readonly Finding[] {
  const described = planned.find(({ id }) => id === 'as-described')
  return [
    ...workload.groups.flatMap((group) => privateFindings(workload, group)),
    ...sparseFindings(workload),
    ...(planned.some(({ id }) => id === 'threads') ? unitedFindings(workload) : []),
    ...(described === undefined
      ? []
      : [
          ...sizeFindings(workload, described),
          ...tableFindings(described),
          ...swapFindings(workload, described),
          ...baseFindings(workload, described, assumptions),
        ]),
    ...planned.flatMap((strategy) => commitFindings(workload, strategy)),
    ...(described === undefined ? [] : gainFindings(workload, described, advising)),
  ]
}

/** Private memory needs more tables, however close together it lies, than the base tables given. */
function privateFindings({ host }: Workload, group: Group): readonly Finding[] {
  const neededBytes = leastTables(host, group.private)
  if (neededBytes <= group.baseTables) return []
  return [
    {
      ...found('private-exceeds-base-tables', 'warning'),
      group: group.name,
      privateBytes: group.private,
      neededBytes,
      baseTablesBytes: group.baseTables,
    },
  ]
}

/** Under `threads` a private region exists once per process, and so once per group. */
function unitedFindings(workload: Workload): readonly Finding[] {
  return workload.groups.flatMap((group) =>
    group.maps
      .filter(
        ({ region }) => workload.regions[regionIndex(workload, region)]?.backing === 'anonymous',
      )
      .filter(() => group.processes > 1)
      .map(({ region }) => ({
        ...found('private-regions-united', 'note'),
        strategy: 'threads',
        region,
        group: group.name,
        processes: group.processes,
      })),
  )
}

function sizeFindings(workload: Workload, described: PlannedStrategy): readonly Finding[] {
  return described.regions.flatMap(({ name, bytes }) => {
    const dataBytes = workload.regions.find((region) => region.name === name)?.size ?? 0
    if (bytes <= dataBytes) return []
    return [
      {
        ...found('tables-exceed-data', 'warning'),
        strategy: described.id,
        region: name,
        tableBytes: bytes,
        dataBytes,
      },
    ]
  })
}

/** What the processes share and own fits; with the page tables it does not. Of host and cgroups. */
function tableFindings({ id, memory, pageTables, risk }: PlannedStrategy): readonly Finding[] {
  const ofHost = {
    tableBytes: pageTables.bytes,
    otherBytes: memory.demandBytes - pageTables.bytes,
    capacityBytes: memory.capacityBytes,
  }
  const ofCgroups = risk.cgroups.map(({ name, demandBytes, limitBytes, pageTablesFraction }) => {
    const tableBytes = Math.round(pageTablesFraction * demandBytes)
    return {
      cgroup: name,
      tableBytes,
      otherBytes: demandBytes - tableBytes,
      capacityBytes: limitBytes,
    }
  })
  return [ofHost, ...ofCgroups]
    .filter(
      ({ tableBytes, otherBytes, capacityBytes }) =>
        otherBytes + tableBytes > capacityBytes && otherBytes <= capacityBytes,
    )
    .map((numbers) => ({ ...found('tables-decide', 'error'), strategy: id, ...numbers }))
}

function swapFindings({ host }: Workload, described: PlannedStrategy): readonly Finding[] {
  const { unswappableBytes } = described.risk
  const { capacityBytes } = described.memory
  if (host.swap === 0 || unswappableBytes <= capacityBytes) return []
  const finding = found('swap-cannot-help', 'error')
  return [{ ...finding, strategy: described.id, unswappableBytes, capacityBytes }]
}

/** Of base tables that are not given only a part is a guess: what memory and threads need is not. */
function baseFindings(
  { groups }: Workload,
  { id, pageTables }: PlannedStrategy,
  assumptions: readonly Assumption[],
): readonly Finding[] {
  const assumed = assumptions.some(({ path }) => path.endsWith('.baseTables'))
  const known = groups.reduce(
    (sum, { processes, baseTables, assumedTables = baseTables }) =>
      sum + processes * (baseTables - assumedTables),
    0,
  )
  if (!assumed || (pageTables.baseBytes - known) * 2 <= pageTables.bytes) return []
  return [
    {
      ...found('base-tables-decide', 'note'),
      strategy: id,
      baseBytes: pageTables.baseBytes,
      pageTableBytes: pageTables.bytes,
    },
  ]
}

function commitFindings({ host }: Workload, { id, memory }: PlannedStrategy): readonly Finding[] {
  const { mode, granted, committedBytes, limitBytes, largestRequestBytes } = memory.commit
  if (granted || mode === 'always') return []
  const never = { requestedBytes: committedBytes, limitBytes }
  const heuristic = { requestedBytes: largestRequestBytes, limitBytes: host.memory + host.swap }
  const numbers = mode === 'never' ? never : heuristic
  return [{ ...found('overcommit-refuses', 'error'), strategy: id, mode, ...numbers }]
}

/**
 * Page tables as they are take less than a hundredth of memory, nothing that is advised is about them,
 * and all regions are known.
 */
function gainFindings(
  { host, measured }: Workload,
  { pageTables }: PlannedStrategy,
  { advice }: Advising,
): readonly Finding[] {
  const fraction = pageTables.bytes / host.memory
  const isUnread = (measured?.withoutMappings ?? 0) > 0
  const isAboutTables = advice.some(
    ({ action, savedBytes }) => action !== 'resize-pool' && savedBytes * 100 >= host.memory,
  )
  if (fraction >= 0.01 || isUnread || isAboutTables) return []
  return [{ ...found('nothing-to-gain', 'note'), tableBytes: pageTables.bytes, fraction }]
}
