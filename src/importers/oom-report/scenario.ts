import { levelOf } from '../../geometry/layout.ts'
import { AnnotatedScenario } from '../../scenario/annotated-scenario.ts'
import { defaults } from '../../scenario/schema/defaults.ts'
import type { GroupText, HostText } from '../../scenario/schema/scenario-text.ts'
import { isAtLeast, writeKernel } from '../../units/kernel-version.ts'
import { bytes } from '../../units/quantity.ts'
import { parseSize } from '../../units/size.ts'
import { sumBy } from '../../units/sum.ts'
import { optionSpot } from '../command-line-values.ts'
import type { WrittenGroup } from './groups.ts'
import { hostOf, oldestPlanned, poolRegions } from './host.ts'
import type { Findings, HostMemory } from './host-memory.ts'
import type { OomReport } from './log/report.ts'
import type { Machine } from './machine.ts'
import { machineOf } from './machine.ts'
import { measuredText } from './measured.ts'
import type { Processes } from './processes.ts'
import { processesOf } from './processes.ts'
import { reserveLines } from './reserve.ts'
import { sizeText } from './size-text.ts'

/**
 * The scenario of a report with a list of processes.
 * @throws QuantityError where the figures of the log are too large to be counted exactly.
 */
export function scenarioOf(findings: Findings, memory: HostMemory): AnnotatedScenario {
  const { chosen, log } = findings
  const { report } = chosen
  const machine = machineOf(report)
  const annotated = new AnnotatedScenario({ version: 1, host: { memory: memory.text }, groups: {} })
  annotated.decidedBy(['host', 'memory'], optionSpot('--memory', findings.memory))
  if ('source' in memory) annotated.say(['host', 'memory'], memory.source)
  else annotated.estimate(['host', 'memory'], memory.assumed)
  const made = processesOf(report, machine, annotated)
  const memoryBytes = bytesOf(memory.text)
  const regions = { ...made.regions, ...poolRegions(report.memory.pools, annotated) }
  const host = hostOf(report, machine, memory.text, annotated)
  const charged = made.cgroup === undefined ? made.groups : chargedGroups(report, made, annotated)
  annotated.scenario = {
    version: 1,
    name: titleOf(made.groups, machine),
    host: {
      ...host,
      ...(made.cgroup === undefined
        ? reserveText(report, made, memoryBytes, annotated)
        : cgroupText(made, annotated)),
    },
    ...(Object.keys(regions).length > 0 && { regions }),
    groups: Object.fromEntries(charged.map((one) => [one.name, one.text])),
    measured: measuredText({ ...made, chosen, reports: log.reports, memoryBytes }),
  }
  return annotated
}

/** With the release where another one is planned. */
function titleOf(groups: readonly WrittenGroup[], { kernel }: Machine): string {
  const [first, ...others] = groups.toSorted((a, b) => b.tableBytes - a.tableBytes)
  const isOld = kernel !== undefined && !isAtLeast(kernel, oldestPlanned)
  const event = isOld ? `Out of memory on Linux ${writeKernel(kernel)}` : 'Out of memory'
  if (first === undefined) return event
  const rest = sumBy(others, ({ text }) => text.processes)
  const what = `${event}: ${first.text.processes} ${first.name}`
  if (rest === 0) return what
  return `${what} and ${rest} other ${rest === 1 ? 'process' : 'processes'}`
}

/** No size of this importer is in pages. */
function bytesOf(text: string): number {
  const reading = parseSize(text, bytes(4096))
  return reading.ok ? reading.bytes : 0
}

function reserveText(
  report: OomReport,
  { parts, groups, shared, layout }: Processes,
  memory: number,
  annotated: AnnotatedScenario,
): Pick<HostText, 'reserve'> {
  const lines = reserveLines({
    report,
    parts,
    memory,
    groups,
    regions: shared,
    pageBytes: layout.pageBytes,
    directoryBytes: levelOf(layout, 'pgd')?.tableBytes ?? 0,
    kernelEach: bytesOf(defaults.kernelMemory),
  })
  for (const { name, source } of lines) annotated.say(['host', 'reserve', name], source)
  if (lines.length === 0) return {}
  return { reserve: Object.fromEntries(lines.map((line) => [line.name, sizeText(line.bytes)])) }
}

/** The limit, and as swap only what is swapped already: that relieves the limit of memory no further. */
function cgroupText(
  { cgroup, groups }: Processes,
  annotated: AnnotatedScenario,
): Pick<HostText, 'cgroups' | 'swap'> {
  if (cgroup === undefined) return {}
  const { name, limit } = cgroup
  annotated.say(['host', 'cgroups', name, 'limit'], 'the limit that was reached')
  const cgroups = { [name]: { limit: sizeText(limit) } }
  const swapped = sumBy(groups, (one) => one.swapped)
  if (swapped === 0) return { cgroups }
  annotated.say(['host', 'swap'], 'sum of swapents in the list: what the cgroup had in swap')
  return { cgroups, swap: sizeText(swapped) }
}

/**
 * The groups of a cgroup are charged with all that it used, and with the pages that were refused: what no
 * other value explains is kernel memory and cached files, divided by processes.
 */
function chargedGroups(
  { cgroup, order = 0 }: OomReport,
  { cgroup: limited, groups, shared, layout }: Processes,
  annotated: AnnotatedScenario,
): readonly { readonly name: string; readonly text: GroupText }[] {
  const processes = sumBy(groups, ({ text }) => text.processes)
  const directory = levelOf(layout, 'pgd')?.tableBytes ?? 0
  const explained = sumBy(
    groups,
    ({ privateBytes, swapped, tableBytes, text }) =>
      privateBytes - swapped + tableBytes + directory * text.processes,
  )
  const resident = sumBy(shared, (region) => region.resident ?? 0)
  const request = layout.pageBytes * 2 ** Math.max(0, order)
  const used = Math.max(limited?.limit ?? 0, (cgroup?.usage ?? 0) * 1024)
  const rest = used + request - explained - resident
  const each = Math.max(0, Math.ceil(rest / Math.max(1, processes)))
  return groups.map((one) => {
    annotated.estimate(
      ['groups', one.name, 'kernelMemory'],
      'all that the cgroup used and no other value explains, divided by processes',
    )
    return { name: one.name, text: { ...one.text, kernelMemory: sizeText(each) } }
  })
}
