import type { Chosen } from './log/choose-report.ts'
import type { LogReading } from './log/read-reports.ts'
import type { OomReport } from './log/report.ts'
import { machineOf } from './machine.ts'
import { sizeText } from './size-text.ts'

/** What a scenario is made from. */
export interface Findings {
  readonly chosen: Chosen
  readonly log: LogReading
  /** Memory that the command line says. */
  readonly memory?: string
}

/** Memory of the host as the scenario has it, and where it was read or why it is assumed. */
export type HostMemory = { readonly text: string } & (
  | { readonly source: string }
  | { readonly assumed: string }
)

/** As much as leaves the limit of the cgroup to decide. */
const roomy = 4

/** `undefined` where nothing says it. */
export function hostMemory({ chosen: { report }, log, memory }: Findings): HostMemory | undefined {
  if (memory !== undefined) return { text: memory, source: '--memory' }
  const { memory: read } = machineOf(report)
  if (read !== undefined) return { text: sizeText(read.bytes), source: read.source }
  if (log.bootKib !== undefined) {
    const source = '`Memory: …K available` of the boot messages'
    return { text: sizeText(log.bootKib * 1024), source }
  }
  const limit = limitOf(report)
  if (limit === undefined) return undefined
  const assumed = `a report of a cgroup does not say it: ${roomy} times the limit; write --memory SIZE`
  return { text: sizeText(limit * roomy), assumed }
}

/** The limit of the cgroup that was reached, in bytes. */
export function limitOf({ cgroup, constraint }: OomReport): number | undefined {
  if (constraint !== 'cgroup') return undefined
  const { usage = 0, limit = Number.POSITIVE_INFINITY, bothUsage = 0, bothLimit } = cgroup ?? {}
  const isOfBoth = bothLimit !== undefined && bothUsage >= bothLimit && usage < limit
  const reached = isOfBoth ? bothLimit : limit
  return Number.isFinite(reached) && reached > 0 ? reached * 1024 : undefined
}
