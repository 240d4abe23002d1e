import { within53Bits } from '../../units/quantity.ts'
import { sumBy } from '../../units/sum.ts'
import type { Measured } from '../../workload/measured.ts'
import type { OutOfMemory } from '../../workload/out-of-memory.ts'
import type { MemoryTaken, TablesTaken, TakenKind, TakenLine } from '../result/postmortem-result.ts'

/** What took the memory, in named lines that sum to the total, and what page tables had of it. */
export function memoryTaken(
  report: OutOfMemory,
  measured: Measured,
): { readonly memory: MemoryTaken; readonly pageTables?: TablesTaken } {
  const { memory, limit, constraint } = report
  const { total, swapTotal, swapFree } = memory
  const pageTables = tablesTaken(report, measured)
  const lines = linesOf(memory, constraint, pageTables?.bytes ?? 0).map(
    ([kind, bytes]): TakenLine => ({ kind, bytes, fraction: shareOf(bytes, total) }),
  )
  const [largest] = lines.filter(({ kind }) => kind !== 'page-tables' && kind !== 'free')
  return {
    memory: {
      totalBytes: total,
      ...(limit === undefined ? {} : { limitBytes: limit }),
      lines,
      ...(largest === undefined || largest.bytes <= 0 ? {} : { largest: largest.kind }),
      ...(swapTotal === undefined ? {} : { swapBytes: swapTotal }),
      ...(swapFree === undefined ? {} : { swapFreeBytes: swapFree }),
    },
    ...(pageTables === undefined ? {} : { pageTables }),
  }
}

function tablesTaken(
  { memory, constraint, listed }: OutOfMemory,
  { groups, elsewhere, pageTables: counter }: Measured,
): TablesTaken | undefined {
  const counted = memory.pageTables ?? (constraint === 'cgroup' ? undefined : counter)
  const processes = [...groups, ...(elsewhere === undefined ? [] : [elsewhere])]
  const listedBytes = sumBy(processes, ({ vmPte }) => vmPte)
  const bytes = counted ?? withinKernel(listedBytes, memory.kernel, constraint)
  if (bytes === undefined) return undefined
  const fraction = shareOf(bytes, memory.total)
  const isLeast = counted === undefined && listed?.partial === true
  return {
    bytes,
    fraction,
    from: counted === undefined ? 'processes' : 'counter',
    ...(isLeast ? { isLeast } : {}),
    weight: weightOf(fraction),
  }
}

function shareOf(bytes: number, total: number): number {
  return total === 0 ? 0 : bytes / total
}

/** A tenth of memory is what a plan that is safe has left; a hundredth is worth a word. */
export function weightOf(fraction: number): TablesTaken['weight'] {
  if (fraction >= 0.1) return 'cause'
  return fraction >= 0.01 ? 'part' : 'none'
}

/**
 * Tables of listed processes, where no counter has them. A cgroup may not be charged for them: with
 * version 1 they are in its kernel memory at most.
 */
function withinKernel(
  bytes: number,
  kernel: number | undefined,
  constraint: OutOfMemory['constraint'],
): number | undefined {
  if (bytes === 0) return undefined
  if (constraint !== 'cgroup') return bytes
  return kernel === undefined ? undefined : Math.min(bytes, kernel)
}

/** The largest first; what is free last. */
function linesOf(
  memory: OutOfMemory['memory'],
  constraint: OutOfMemory['constraint'],
  tables: number,
): readonly (readonly [kind: TakenKind, bytes: number])[] {
  const { free, anonymous, shared, locked, file, slab, kernelStack, kernel, total } = memory
  const { secondaryPageTables: secondary, hugetlbFree: idle } = memory
  // Pools are the machine's: a cgroup is charged for them elsewhere.
  const isMachine = constraint !== 'cgroup'
  const ofKernel = sumBy([slab, kernelStack, tables, secondary], (bytes) => bytes ?? 0)
  const counted: readonly (readonly [TakenKind, number | undefined])[] = [
    ['page-tables', tables],
    ['secondary-page-tables', secondary],
    ['shared', shared],
    ['private', anonymous],
    ['locked', locked],
    ['files', file],
    ['huge-pages-used', isMachine ? (memory.hugetlb ?? 0) - (idle ?? 0) : 0],
    ['huge-pages-idle', isMachine ? idle : 0],
    ['slab', slab],
    ['kernel-stacks', kernelStack],
    ['other-kernel', kernel === undefined ? 0 : Math.max(0, kernel - ofKernel)],
  ]
  const named = counted.map(([kind, bytes = 0]) => [kind, bytes] as const)
  const all = sumBy([...named, ['free', free ?? 0] as const], ([, bytes]) => bytes)
  const rest = total - within53Bits(all, 'memory in the report')
  const lines = [...named, [rest < 0 ? 'overcounted' : 'unlisted', rest] as const]
  return [
    ...lines.filter(([, bytes]) => bytes !== 0).toSorted(([, a], [, b]) => b - a),
    ...(free === undefined ? [] : [['free', free] as const]),
  ]
}
