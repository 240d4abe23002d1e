import type { Layout, LevelName } from '../../geometry/layout.ts'
import type { Intervals } from '../../space/intervals.ts'
import { runsOf, spansReached, union } from '../../space/intervals.ts'
import type { KernelVersion } from '../../units/kernel-version.ts'
import { isAtLeast } from '../../units/kernel-version.ts'
import type { Host } from '../../workload/host.ts'

/** Stretches of the address space, in pages, whose tables of a level are gone. */
export type Gone = ReadonlyMap<LevelName, Intervals>

/**
 * munmap() frees a table where it spans something of what is unmapped and nothing of what is still
 * mapped, touched or not: free_pgd_range() in mm/memory.c, called by free_pgtables() with the
 * neighbours as floor and ceiling.
 * @param unmapped in pages.
 * @param left what the process still has mapped, in pages.
 */
export function freedByUnmap({ levels }: Layout, unmapped: Intervals, left: Intervals): Gone {
  return new Map(
    levels
      .filter(({ name }) => name !== 'pgd')
      .map(({ name, reach }) => {
        const spans = minus(spansReached(unmapped, reach), spansReached(left, reach))
        return [name, spans.map((span) => span * reach)]
      }),
  )
}

/**
 * fork() copies the tables that the parent has, empty ones too, where they span something of a mapping that
 * is copied: copy_page_range() and those below it in mm/memory.c.
 * @param copied in pages.
 */
export function notCopied({ levels, userPages }: Layout, copied: Intervals): Gone {
  return new Map(
    levels
      .filter(({ name }) => name !== 'pgd')
      .map(({ name, reach }) => {
        const kept = spansReached(copied, reach).map((span) => span * reach)
        return [name, minus([0, Math.ceil(userPages / reach) * reach], kept)]
      }),
  )
}

/** Runs of the first set that are not in the second one. */
function minus(some: Intervals, others: Intervals): Intervals {
  const left: number[] = []
  for (const [start, end] of runsOf(some)) {
    let from = start
    for (const [taken, free] of runsOf(others)) {
      if (free <= from || taken >= end) continue
      if (taken > from) left.push(from, taken)
      from = Math.max(from, free)
    }
    if (from < end) left.push(from, end)
  }
  return left
}

/**
 * Since Linux 6.14 (x86: select ARCH_SUPPORTS_PT_RECLAIM if X86_64) madvise(MADV_DONTNEED) frees pte
 * tables that it empties: a whole span in one call and one VMA, reclaim_pt_is_enabled() in
 * mm/pt_reclaim.c. Since Linux 7.0 (mm: make PT_RECLAIM depends on MMU_GATHER_RCU_TABLE_FREE) on all
 * architectures that free tables by RCU; powerpc brings a way of its own, and does not.
 */
const reclaims: Readonly<Record<Layout['architecture'], KernelVersion | undefined>> = {
  'x86-64': { major: 6, minor: 14 },
  arm64: { major: 7, minor: 0 },
  riscv64: { major: 7, minor: 0 },
  s390x: { major: 7, minor: 0 },
  ppc64: undefined,
}

/** What madvise(MADV_DONTNEED) is called for. */
export interface Discarded {
  /** In pages of the address space, one VMA each. */
  readonly parts: Intervals
  /** Transparent huge pages that are private: each keeps a table in deposit, and takes it with it. */
  readonly onDeposits: boolean
}

/** Tables above the lowest level stay, and so do those of spans that are discarded in part. */
export function freedByDontNeed(
  { layout, kernel }: Pick<Host, 'layout' | 'kernel'>,
  { parts, onDeposits }: Discarded,
): Gone {
  const [pte] = layout.levels
  const since = reclaims[layout.architecture]
  const isFreed = onDeposits || (since !== undefined && isAtLeast(kernel, since))
  if (pte === undefined || !isFreed) return new Map()
  const { name, reach } = pte
  const whole = runsOf(parts).flatMap(([from, to]) => {
    const [start, end] = [Math.ceil(from / reach) * reach, Math.floor(to / reach) * reach]
    return start < end ? [start, end] : []
  })
  return new Map([[name, union([whole])]])
}
