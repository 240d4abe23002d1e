import type { Result } from '../../../src/plan/result/result.ts'
import type { GroupParts, HostParts, RegionParts, WorkloadParts } from '../../build.ts'
import { gib, mib, planned } from '../../build.ts'

export const plain = { color: false, unicode: true, width: 80 }

/** Lines as one line, as a reader reads on over the end of a line. */
export function flat(lines: readonly string[]): string {
  return lines.join(' ').replaceAll(/\s+/g, ' ')
}

interface ServerParts {
  readonly host?: HostParts
  readonly region?: Partial<RegionParts>
  readonly group?: GroupParts
}

/**
 * 16 GiB on a machine of 64 GiB. Each session maps all of it: 8,192 pte, 16 pmd, 1 pud and 1 pgd
 * tables of 4 KiB, 33,628,160 bytes.
 */
export function server(sessions: number, parts: ServerParts = {}): WorkloadParts {
  return {
    host: { memory: 64 * gib, minFree: 0, ...parts.host },
    regions: { data: { size: 16 * gib, backing: 'posix-shm', ...parts.region } },
    groups: { sessions: { processes: sessions, maps: [{ region: 'data' }], ...parts.group } },
  }
}

/** The same 16 GiB on huge pages, 8,192 of them, and a pool of so many. */
export function pooled(pages: number, region: Partial<RegionParts> = {}): WorkloadParts {
  return server(200, {
    host: { hugepages: [{ pageBytes: 2 * mib, count: pages }] },
    region: { backing: 'sysv-shm', pageBytes: 2 * mib, ...region },
  })
}

/** 16 GiB of private memory that one process asks for at once, on a machine of 8 GiB. */
export function oneRequest(): WorkloadParts {
  return server(2, {
    host: { memory: 8 * gib },
    region: { backing: 'anonymous-shared' },
    group: { maps: [{ region: 'data', length: gib }] },
  })
}

/** A plan whose strategies, findings or advice are others. */
export function changed(parts: WorkloadParts, change: (result: Result) => Partial<Result>): Result {
  const result = planned(parts)
  return { ...result, ...change(result) }
}
