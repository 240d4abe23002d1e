import type { PlannedStrategy, Result } from '../../src/plan/result/result.ts'
import type { GroupParts, RegionParts, WorkloadParts } from '../build.ts'
import { billed, gib, mib, planned, strategy } from '../build.ts'

/*
 * Huge pages come from a pool that is set aside. On x86-64 a pte table spans 2 MiB, a pmd table
 * 1 GiB, a pud table 512 GiB, and each takes 4096 B. 512 huge pages of 2 MiB are 1 GiB.
 */
export const pageBytes: number = 2 * mib

export function pooled(
  count: number,
  regions: Readonly<Record<string, RegionParts>>,
  groups: Readonly<Record<string, GroupParts>>,
  host: WorkloadParts['host'] = {},
): WorkloadParts {
  const hugepages = count === 0 ? [] : [{ pageBytes, count }]
  return { host: { memory: 128 * gib, hugepages, ...host }, regions, groups }
}

export function described(setup: WorkloadParts): PlannedStrategy {
  return under(setup, 'as-described')
}

export function under(setup: WorkloadParts, id: string): PlannedStrategy {
  return strategy(billed({ ...setup, strategies: [id] }), id)
}

export function tables({ pageTables: { levels } }: PlannedStrategy): (number | undefined)[] {
  return [levels.pte, levels.pmd, levels.pud].map((level) => level?.tables)
}

/** A shared segment that goes on with base pages behind what the pool has, as Oracle does. */
export function mixed(size: number): RegionParts {
  return { size, backing: 'sysv-shm', pageBytes, fallback: 'mixed' }
}

/** Shared memory that is on base pages as a whole where the pool does not hold it, as PostgreSQL's. */
export function whole(size: number, more: Partial<RegionParts> = {}): RegionParts {
  return { size, backing: 'anonymous-shared', pageBytes, fallback: 'base-pages', ...more }
}

export function strandedIn({ memory }: PlannedStrategy): number {
  return memory.pools.reduce((sum, { strandedPages }) => sum + strandedPages, 0)
}

export function poolFindings(setup: WorkloadParts): Result['findings'] {
  return planned(setup).findings.filter(
    ({ kind }) => kind === 'pool-too-small' || kind === 'stranded-huge-pages',
  )
}

export function lineOf({ memory }: PlannedStrategy, name: string): number | undefined {
  return memory.lines.find((line) => line.name === name)?.bytes
}
