import { residentMemory } from '../../host/resident.ts'
import { windowAlignment } from '../../sharing/mshare-placement.ts'
import type { MshareWindow } from '../../sharing/strategy.ts'
import { writeAddress } from '../../units/address.ts'
import type { Severity } from '../../workload/gates.ts'
import type { Finding, FindingKind } from '../result/finding.ts'
import { found } from '../result/finding.ts'
import type { PlannedStrategy } from '../result/result.ts'
import type { Planned } from '../strategy/strategy-result.ts'

/** Less than this share saved counts as little. */
const little = 0.1

/**
 * What to know of the regions that a strategy shares through mshare.
 * @param basePages what savings are measured by.
 */
export function mshareFindings(planned: Planned, basePages: PlannedStrategy): readonly Finding[] {
  const { windows, workload } = planned.arranged
  if (windows.length === 0) return []
  const v3 = workload.mshareRevision === 'v3-2025'
  return [
    ...savingFindings(planned, basePages),
    ...windows.flatMap((window) => [
      ...addressFinding(planned, window),
      ...(v3 ? ownerFindings(planned, window) : writesFinding(planned, window)),
    ]),
    ...ownTablesFindings(planned),
    ...(v3 ? [defectsFinding(planned)] : []),
    victimFinding(planned),
  ]
}

function foundUnder<K extends FindingKind>(
  { result }: Planned,
  kind: K,
  severity: Severity,
): ReturnType<typeof found<K>> & { readonly strategy: string } {
  return { ...found(kind, severity), strategy: result.id }
}

function regionName({ arranged }: Planned, { region }: MshareWindow): string {
  return arranged.workload.regions[region]?.name ?? ''
}

function sharersOf({ arranged }: Planned, { linked }: MshareWindow): number {
  const groups = new Set(linked.map(({ group }) => group))
  return [...groups].reduce(
    (sum, group) => sum + (arranged.workload.groups[group]?.processes ?? 0),
    0,
  )
}

/** What sharing a region saves of its tables; negative where it costs more. */
interface Saving {
  readonly region: string
  readonly processes: number
  readonly plainBytes: number
  readonly savedBytes: number
}

function savingFindings(planned: Planned, basePages: PlannedStrategy): readonly Finding[] {
  const savings = planned.arranged.windows.map((window) => savingOf(planned, window, basePages))
  const findings = savings.flatMap((saving) => savingFinding(planned, saving))
  const costly = findings.some(({ kind }) => kind === 'mshare-costs-more')
  const [least] = savings.toSorted((a, b) => a.savedBytes - b.savedBytes)
  if (costly || least === undefined || planned.result.savings.bytes >= 0) return findings
  // Each region saves, but a neighbour that shared their upper tables now needs its own: the whole
  // costs more, and would not without the region that saves least.
  const { region, processes } = least
  const extraBytes = -planned.result.savings.bytes
  const finding = foundUnder(planned, 'mshare-costs-more', 'warning')
  return [{ ...finding, region, processes, extraBytes }, ...findings]
}

function savingOf(planned: Planned, window: MshareWindow, basePages: PlannedStrategy): Saving {
  const region = regionName(planned, window)
  const bytesIn = ({ regions }: PlannedStrategy): number =>
    regions.find(({ name }) => name === region)?.bytes ?? 0
  const plainBytes = bytesIn(basePages)
  const savedBytes = plainBytes - bytesIn(planned.result)
  return { region, processes: sharersOf(planned, window), plainBytes, savedBytes }
}

function savingFinding(
  planned: Planned,
  { region, processes, plainBytes, savedBytes }: Saving,
): readonly Finding[] {
  if (savedBytes < 0) {
    const extraBytes = -savedBytes
    return [
      { ...foundUnder(planned, 'mshare-costs-more', 'warning'), region, processes, extraBytes },
    ]
  }
  if (savedBytes >= little * plainBytes) return []
  return [
    { ...foundUnder(planned, 'mshare-saves-little', 'warning'), region, savedBytes, plainBytes },
  ]
}

function addressFinding(planned: Planned, { linked, ...window }: MshareWindow): readonly Finding[] {
  const { layout } = planned.arranged.workload.host
  const addresses = [...new Set(linked.map(({ first }) => writeAddress(first, layout.pageBytes)))]
  if (addresses.length < 2) return []
  const region = regionName(planned, { linked, ...window })
  return [{ ...foundUnder(planned, 'addresses-differ', 'warning'), region, addresses }]
}

/** rfc-2022: a page that a process writes in a private mapping of the region is every sharer's. */
function writesFinding(planned: Planned, window: MshareWindow): readonly Finding[] {
  const { workload, arrangement } = planned.arranged
  const members = arrangement.shared[window.shared]?.members ?? []
  const writers = new Set(members.flatMap(({ space, mapping }) => (mapping.copied ? [space] : [])))
  if (writers.size === 0) return []
  const groups = [...writers].map((group) => workload.groups[group]?.name ?? '')
  const region = regionName(planned, window)
  return [{ ...foundUnder(planned, 'private-writes-shared', 'warning'), region, groups }]
}

/** v3: the region belongs to the process that made it, and to its cgroup. */
function ownerFindings(planned: Planned, window: MshareWindow): readonly Finding[] {
  const { groups } = planned.arranged.workload
  const region = regionName(planned, window)
  const owner = groups.find(({ name }) => name === window.owner)
  if (owner === undefined) return []
  const sharers = sharersOf(planned, window)
  const outside = [...new Set(window.linked.map(({ group }) => groups[group]))].filter(
    (group) => group !== undefined && group.cgroup !== owner.cgroup,
  )
  return [
    ...(owner.shortLived
      ? [
          {
            ...foundUnder(planned, 'owner-short-lived', 'warning'),
            region,
            group: owner.name,
            sharers,
          },
        ]
      : singlePoint(planned, region, owner.name, sharers)),
    ...outside.map((group) => ({
      ...foundUnder(planned, 'sharer-outside-owner-cgroup', 'warning'),
      region,
      owner: owner.name,
      group: group?.name ?? '',
    })),
  ]
}

/** However long the owner is meant to live: when it is killed, every sharer loses the region. */
function singlePoint(
  planned: Planned,
  region: string,
  owner: string,
  sharers: number,
): readonly Finding[] {
  if (sharers < 2) return []
  return [{ ...foundUnder(planned, 'owner-is-single-point', 'note'), region, owner, sharers }]
}

/** Groups that map a shared region, but may not use its tables. */
function ownTablesFindings(planned: Planned): readonly Finding[] {
  const { workload, windows, obstacles } = planned.arranged
  const shared = new Set(windows.map((window) => regionName(planned, window)))
  return obstacles.flatMap(({ region, group }) => {
    const processes = workload.groups.find(({ name }) => name === group)?.processes ?? 0
    if (group === undefined || region === undefined || !shared.has(region)) return []
    return [{ ...foundUnder(planned, 'own-tables-kept', 'warning'), region, group, processes }]
  })
}

/** Measured on the posted v3 code: one pud page is lost for each linked 512 GiB unit. */
function defectsFinding(planned: Planned): Finding {
  const { windows, workload } = planned.arranged
  const unit = windowAlignment(workload.host.layout)
  return {
    ...foundUnder(planned, 'posted-code-defects', 'note'),
    regions: windows.map((window) => regionName(planned, window)),
    leakedTables: windows.reduce((sum, { pages }) => sum + pages / unit, 0),
  }
}

/** A sharer's RSS and VmPTE do not grow, so its oom_score does not either. */
function victimFinding(planned: Planned): Finding {
  const { windows, workload, arrangement } = planned.arranged
  const shared = new Set(windows.map(({ region }) => region))
  const resident = residentMemory(workload, arrangement)
  const bytes = resident.reduce((sum, { onceBytes }, r) => sum + (shared.has(r) ? onceBytes : 0), 0)
  return {
    ...foundUnder(planned, 'innocent-victim', 'note'),
    regions: windows.map((window) => regionName(planned, window)),
    sharedBytes: Math.round(bytes),
  }
}
