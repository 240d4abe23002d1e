import type { AnnotatedScenario } from '../../scenario/annotated-scenario.ts'
import type { HostText, RegionText } from '../../scenario/schema/scenario-text.ts'
import type { KernelVersion } from '../../units/kernel-version.ts'
import { isAtLeast, writeKernel } from '../../units/kernel-version.ts'
import { sumBy } from '../../units/sum.ts'
import type { MemoryInfo, OomReport, Pool } from './log/report.ts'
import type { Machine } from './machine.ts'
import { sizeText } from './size-text.ts'

/** Older kernels count differently: scenarios do not support them. */
export const oldestPlanned: KernelVersion = { major: 4, minor: 15 }

/** The host without its reserve, each value with its place in the report. */
export function hostOf(
  { memory: info, release, constraint }: OomReport,
  { layout, isAssumed, kernel }: Machine,
  memory: string,
  annotated: AnnotatedScenario,
): HostText {
  const say = (key: string, source: string): void => annotated.say(['host', key], source)
  if (isAssumed) annotated.assume(['host', 'layout'], 'the report does not show the architecture')
  else say('layout', 'registers, functions and page size in the report')
  const swap = constraint === 'cgroup' ? undefined : info.swapTotal
  if (swap !== undefined) say('swap', 'Total swap')
  return {
    memory,
    layout: layout.id,
    ...kernelText(kernel, release ?? '', annotated),
    ...(swap !== undefined && { swap: sizeText(swap * 1024) }),
    ...leastText(info, say),
    ...poolText(info, say),
  }
}

type Say = (key: string, source: string) => void

function leastText({ zones }: MemoryInfo, say: Say): Pick<HostText, 'minFree'> {
  const least = sumBy(zones, ({ min }) => min) * 1024
  if (least === 0) return {}
  say('minFree', 'min of all zones')
  return { minFree: sizeText(least) }
}

function poolText({ pools }: MemoryInfo, say: Say): Pick<HostText, 'hugepages'> {
  const whole = poolsOf(pools)
  if (whole.length === 0) return {}
  say('hugepages', 'hugepages_total of all nodes')
  return { hugepages: Object.fromEntries(whole.map(({ page, total }) => [page, total])) }
}

function kernelText(
  kernel: KernelVersion | undefined,
  release: string,
  annotated: AnnotatedScenario,
): Pick<HostText, 'kernel'> {
  if (kernel === undefined) return {}
  const path = ['host', 'kernel']
  if (isAtLeast(kernel, oldestPlanned)) {
    annotated.say(path, `release ${release}`)
    return { kernel: writeKernel(kernel) }
  }
  const why = `release ${release} is older than all supported ones: planned as ${writeKernel(oldestPlanned)}`
  annotated.estimate(path, why)
  annotated.remark(why)
  return { kernel: writeKernel(oldestPlanned) }
}

interface WholePool {
  readonly page: string
  readonly pageBytes: number
  readonly total: number
  readonly used: number
}

/** Pools of all nodes by page size; empty ones are no pools. */
export function poolsOf(pools: readonly Pool[]): readonly WholePool[] {
  const sizes = [...new Set(pools.map(({ pageKib }) => pageKib))].toSorted((a, b) => a - b)
  return sizes.flatMap((pageKib) => {
    const ofSize = pools.filter((pool) => pool.pageKib === pageKib)
    const total = sumBy(ofSize, (pool) => pool.total)
    const used = total - sumBy(ofSize, ({ free }) => free)
    if (total === 0) return []
    return [{ page: sizeText(pageKib * 1024), pageBytes: pageKib * 1024, total, used }]
  })
}

/** Huge pages in use belong to a region that no group maps: the list of processes does not show their owner. */
export function poolRegions(
  pools: readonly Pool[],
  annotated: AnnotatedScenario,
): Readonly<Record<string, RegionText>> {
  const used = poolsOf(pools).filter((pool) => pool.used > 0)
  return Object.fromEntries(
    used.map(({ page, pageBytes, used: pages }) => {
      const name = `huge pages of ${page}`
      annotated.say(['regions', name, 'size'], 'hugepages_total less hugepages_free')
      annotated.estimate(
        ['regions', name, 'backing'],
        'the list of processes does not show who uses them',
      )
      return [name, { size: sizeText(pages * pageBytes), backing: 'sysv-shm', pageSize: page }]
    }),
  )
}
