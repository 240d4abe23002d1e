import type { Layout } from '../../geometry/layout.ts'
import { minWatermark } from '../../host/min-watermark.ts'
import { sumBy } from '../../units/sum.ts'
import type { Host } from '../../workload/host.ts'
import type { Explanation } from '../result/explanation.ts'
import type { BudgetLine, Commit, PoolResult } from '../result/memory-result.ts'
import type { Planned } from '../strategy/strategy-result.ts'
import { added, numbersOfPool, put } from './formula.ts'

/** The min watermark: the root rule, khugepaged's rule, and which of them decides. */
export function explainWatermark(host: Host): Explanation {
  const value = minWatermark(host)
  const path = 'host.minFree'
  const meaning = 'memory below the min watermark, which only the kernel itself may use'
  if (host.minFree !== undefined) {
    const source = 'scenario, host.minFree'
    return {
      path,
      meaning,
      formula: 'given',
      substituted: put(value),
      value,
      unit: 'bytes',
      source,
    }
  }
  const kb = Math.floor(host.memory / 1024)
  return {
    path,
    meaning,
    formula:
      'max(clamp(⌊√(16 · MemTotal kB)⌋, 128, 262,144) kB, with THP min(11 · zones · page block, 5 % of memory))',
    substituted: `√(16 · ${put(kb)}) kB; ${watermarkBlocks(host.layout, host)}`,
    value,
    unit: 'bytes',
    source:
      'mm/page_alloc.c calculate_min_free_kbytes(), mm/khugepaged.c set_recommended_min_free_kbytes()',
  }
}

function watermarkBlocks({ zones, pageblock, pageBytes }: Layout, { memory }: Host): string {
  return `11 · ${zones(memory)} · ${put(pageblock)} · ${put(pageBytes)} B`
}

/** Each line of the budget, its sums, and how far demand stays below capacity. */
export function explainMemory({ result, arranged }: Planned): readonly Explanation[] {
  const { memory, risk } = result
  const root = `strategies.${result.id}`
  const termsOf = (side: BudgetLine['side']): readonly string[] =>
    memory.lines
      .filter((line) => line.side === side)
      .map(({ name, bytes }) => `${name} ${put(bytes)}`)
  return [
    ...memory.lines.map((line): Explanation => {
      const { formula, source } = lineRules[line.kind]
      return {
        path: `${root}.memory.lines.${line.name}`,
        meaning: `${line.name} (${line.origin})`,
        formula,
        substituted: put(line.bytes),
        value: line.bytes,
        unit: 'bytes',
        source,
      }
    }),
    added(
      `${root}.memory.capacityBytes`,
      'what is left for processes and their data',
      'memory − reserves − huge-page pools − min watermark',
      termsOf('supply'),
      memory.capacityBytes,
      'bytes',
      'supply lines of the budget',
    ),
    added(
      `${root}.memory.demandBytes`,
      'what cannot be given back without swap',
      'Σ demand lines',
      termsOf('demand'),
      memory.demandBytes,
      'bytes',
      'demand lines of the budget',
    ),
    {
      path: `${root}.memory.headroomBytes`,
      meaning: `capacity that is left; risk ${risk.level}: safe from 10 % of memory on, tight from 0`,
      formula: 'capacity − demand',
      substituted: `${put(memory.capacityBytes)} − ${put(memory.demandBytes)}`,
      value: memory.headroomBytes,
      unit: 'bytes',
      source: 'both sides of the budget',
    },
    ...memory.pools.flatMap((pool, index) => explainPool(`${root}.memory.pools.${index}`, pool)),
    ...explainCommit(root, memory, arranged.workload.host),
    {
      path: `${root}.risk.unswappableBytes`,
      meaning: 'what can be neither swapped nor reclaimed',
      formula: 'page tables + kernel memory + locked memory',
      substituted: put(risk.unswappableBytes),
      value: risk.unswappableBytes,
      unit: 'bytes',
      source: 'page tables are unmovable kernel memory',
    },
  ]
}

/** Huge pages of one size: what is there, used, idle and missing. */
function explainPool(path: string, pool: PoolResult): readonly Explanation[] {
  const { pages, usedPages, strandedPages, missingPages } = pool
  const unit = `in pages of ${put(pool.pageBytes)} B`
  const of = numbersOfPool(path, unit, 'mm/hugetlb.c hugetlb_reserve_pages()')
  return [
    of('pages', 'the pool', 'configured, or exactly what the regions need', put(pages), pages),
    of(
      'usedPages',
      'reserved by regions, in file order',
      'Σ regions: segments whole, files what is mapped, private mappings in each process',
      put(usedPages),
      usedPages,
    ),
    of(
      'strandedPages',
      'set aside for nothing',
      'pages − used pages',
      `${put(pages)} − ${put(usedPages)}`,
      strandedPages,
    ),
    of(
      'missingPages',
      'to be added before every region can be mapped',
      'needed by regions that may not fall back − pages',
      put(missingPages),
      missingPages,
    ),
  ]
}

function explainCommit(
  root: string,
  { commit, pools }: { readonly commit: Commit; readonly pools: readonly PoolResult[] },
  { memory, swap, overcommit }: Host,
): readonly Explanation[] {
  const setAside = sumBy(pools, ({ pages, pageBytes }) => pages * pageBytes)
  return [
    {
      path: `${root}.memory.commit.committedBytes`,
      meaning: 'Committed_AS: what the kernel has promised; page tables are never in it',
      formula:
        'Σ processes · private + private regions + SysV and shared anonymous memory whole + tmpfs and memfd touched',
      substituted: put(commit.committedBytes),
      value: commit.committedBytes,
      unit: 'bytes',
      source: 'mm/util.c __vm_enough_memory(), mm/shmem.c shmem_acct_size()',
    },
    {
      path: `${root}.memory.commit.limitBytes`,
      meaning: 'CommitLimit, which decides in mode never',
      formula: '⌊(RAM − huge-page pools) · ratio / 100⌋ + swap, in pages',
      substituted: `(${put(memory)} − ${put(setAside)}) · ${overcommit.ratio} / 100 + ${put(swap)}`,
      value: commit.limitBytes,
      unit: 'bytes',
      source: 'mm/util.c vm_commit_limit()',
    },
    {
      path: `${root}.memory.commit.largestRequestBytes`,
      meaning: 'the largest single request, which mode heuristic holds against RAM + swap',
      formula: 'max(private, private mappings or resident, SysV and shared anonymous regions)',
      substituted: put(commit.largestRequestBytes),
      value: commit.largestRequestBytes,
      unit: 'bytes',
      source: 'mm/util.c __vm_enough_memory()',
    },
  ]
}

interface Rule {
  readonly formula: string
  readonly source: string
}

const lineRules: Readonly<Record<BudgetLine['kind'], Rule>> = {
  memory: { formula: 'MemTotal', source: 'scenario, host.memory' },
  reserve: { formula: '− given', source: 'scenario, host.reserve' },
  pool: {
    formula: '− pages · page size',
    source: 'mm/hugetlb.c: a pool is set aside, used or not',
  },
  watermark: { formula: '− host.minFree', source: 'explained as host.minFree' },
  shared: {
    formula:
      'regions.*.resident, less what a huge-page pool holds; without it, or where atLeast is less, union of the pages that all processes touch, once · page size',
    source: 'shmem is charged once, and is swappable but not reclaimable',
  },
  'locked-file': {
    formula: 'union of the touched pages · page size',
    source: 'mlock(2): not reclaimable',
  },
  'private-region': {
    formula:
      'Σ processes · (regions.*.resident; without it, or where atLeast is less, pages touched by one · page size)',
    source: 'each process has its own copy',
  },
  private: { formula: 'Σ processes · private', source: 'scenario, groups.*.private' },
  'page-tables': { formula: 'pageTables.bytes', source: 'explained as pageTables.bytes' },
  kernel: {
    formula: 'Σ processes · threads · kernelMemory',
    source: 'scenario, groups.*.kernelMemory: kernel stack, task, mm, files',
  },
  'reclaimable-file': {
    formula: 'union of the touched pages · page size',
    source: 'unlocked page cache: given back under pressure, in neither sum',
  },
  locked: {
    formula: 'locked regions, as far as they are touched + Σ processes · lockedPrivate',
    source: 'mlock(2), SHM_LOCK: in the demand already',
  },
  unswappable: {
    formula: 'page tables + kernel memory + locked memory',
    source: 'in the demand already; explained as risk.unswappableBytes',
  },
  swap: { formula: 'given', source: 'scenario, host.swap' },
}
