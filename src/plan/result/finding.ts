import { findingIds } from '../../workload/finding-ids.ts'
import type { RiskLevel, Severity, Waiver } from '../../workload/gates.ts'
import type { Fallback } from '../../workload/region.ts'

/** What every finding says. */
export interface Found<Kind extends string> {
  /** Stable id, `MSP…`: the page docs/findings/<id>-<title>.md. */
  readonly id: string
  /** What is found. */
  readonly kind: Kind
  /** `error` breaks the plan, `warning` may, `note` explains. */
  readonly severity: Severity
  /** The strategy that it is true of; absent: the workload itself. */
  readonly strategy?: string
  /** Accepted for now: no gate fails by it. */
  readonly waived?: Pick<Waiver, 'until' | 'reason'>
}

/** Something true about the plan that a reader should know. Words for it live in render. */
export type Finding =
  | (Found<'mshare-costs-more'> & {
      readonly region: string
      readonly processes: number
      readonly extraBytes: number
    })
  | (Found<'mshare-saves-little'> & {
      readonly region: string
      readonly savedBytes: number
      readonly plainBytes: number
    })
  | (Found<'addresses-differ'> & {
      readonly region: string
      readonly addresses: readonly string[]
    })
  | (Found<'owner-short-lived'> & {
      readonly region: string
      readonly group: string
      readonly sharers: number
    })
  | (Found<'sharer-outside-owner-cgroup'> & {
      readonly region: string
      readonly owner: string
      readonly group: string
    })
  | (Found<'posted-code-defects'> & {
      readonly regions: readonly string[]
      /** pud pages leaked when objects are unmapped, or the owner exits, while somebody is linked. */
      readonly leakedTables: number
    })
  | (Found<'innocent-victim'> & {
      readonly regions: readonly string[]
      readonly sharedBytes: number
    })
  | (Found<'own-tables-kept'> & {
      readonly region: string
      readonly group: string
      readonly processes: number
    })
  | (Found<'private-exceeds-base-tables'> & {
      readonly group: string
      readonly privateBytes: number
      readonly neededBytes: number
      readonly baseTablesBytes: number
    })
  | (Found<'tables-exceed-data'> & {
      readonly region: string
      readonly tableBytes: number
      readonly dataBytes: number
    })
  | (Found<'few-pages-touch-most-tables'> & {
      readonly region: string
      readonly group: string
      readonly drawnPages: number
      readonly drawnBytes: number
      readonly mappedPages: number
      /** Clusters of that size are drawn; absent: single pages. */
      readonly clusterBytes?: number
      /**
       * Expected.
       * @unrounded
       */
      readonly tables: number
      readonly allTables: number
      /** What as many pages need from the start of the mapping on. */
      readonly firstTables: number
      /** The size of cluster that programs usually touch; absent where clusters of this size are as large. */
      readonly usualClusterBytes?: number
      /**
       * Tables that they need then, expected.
       * @unrounded
       */
      readonly usualTables?: number
    })
  | (Found<'huge-pages-do-it-today'> & {
      readonly hugePageBytes: number
      readonly hugeTableBytes: number
      /** As described, without mshare. */
      readonly describedTableBytes: number
      /** Absent where mshare cannot be used. */
      readonly mshareTableBytes?: number
    })
  | (Found<'mappings-unread'> & {
      /** Captured processes whose mappings could not be read. */
      readonly processes: number
      readonly allProcesses: number
      /** Regions that are known of the others. */
      readonly regions: number
    })
  | (Found<'touched-in-part'> & {
      readonly bytes: number
      /** If every process touched all that it maps. */
      readonly allBytes: number
      /** Groups that would have more tables, all their processes together, the most first. */
      readonly groups: readonly {
        readonly name: string
        readonly processes: number
        readonly bytes: number
        readonly allBytes: number
      }[]
    })
  | (Found<'nothing-to-gain'> & {
      readonly tableBytes: number
      readonly fraction: number
    })
  | (Found<'private-regions-united'> & {
      readonly region: string
      readonly group: string
      readonly processes: number
    })
  | (Found<'swap-cannot-help'> & {
      readonly unswappableBytes: number
      readonly capacityBytes: number
    })
  | (Found<'pool-too-small'> & {
      readonly region: string
      readonly pageBytes: number
      /** Huge pages that the region reserves, and those that its pool still had. */
      readonly neededPages: number
      readonly poolPages: number
      /** Those that it takes; absent: none. */
      readonly takenPages?: number
      readonly fallback: Fallback
    })
  | (Found<'stranded-huge-pages'> & {
      readonly pageBytes: number
      /** Configured pages that no region of this page size reserves. */
      readonly pages: number
      readonly bytes: number
      /** A region of this page size that the pool does not hold, and that goes on without it. */
      readonly waiting?: string
      /** Less than a hundredth of memory: nothing to act on. */
      readonly small?: true
    })
  | (Found<'overcommit-refuses'> & {
      readonly mode: 'heuristic' | 'never'
      /** What is asked for: the largest request, or Committed_AS. */
      readonly requestedBytes: number
      readonly limitBytes: number
    })
  | (Found<'linked-tables'> & {
      /** Tables that exist once, and the times that VmPTE counts them. */
      readonly tables: number
      readonly counted: number
      readonly overstatedBytes: number
    })
  | (Found<'base-tables-decide'> & {
      readonly baseBytes: number
      readonly pageTableBytes: number
    })
  | (Found<'tables-decide'> & {
      /** Whose limit it is about; absent: the host. */
      readonly cgroup?: string
      readonly tableBytes: number
      /** The demand without page tables. */
      readonly otherBytes: number
      readonly capacityBytes: number
    })
  | (Found<'pool-exceeds-memory'> & {
      readonly poolBytes: number
      /** Memory less reserves and min watermark. */
      readonly roomBytes: number
    })
  | (Found<'owner-is-single-point'> & {
      readonly region: string
      readonly owner: string
      readonly sharers: number
    })
  | (Found<'private-writes-shared'> & {
      readonly region: string
      readonly groups: readonly string[]
    })
  | (Found<'assumption-decides'> & {
      readonly assumption: 'baseTables' | 'kernelMemory' | 'minFree' | 'touched'
      /** Where the scenario would say it. */
      readonly paths: readonly string[]
      readonly level: RiskLevel
      /** With half of it, and with twice as much. */
      readonly halved: RiskLevel
      readonly doubled?: RiskLevel
    })
  | (Found<'waiver-expired'> & WaiverNamed)
  | (Found<'waiver-unmatched'> & WaiverNamed)

/** The waiver that something is said about. */
export interface WaiverNamed {
  /** Id of the finding that it waives. */
  readonly waives: string
  /** The last day on which it counts, in UTC. */
  readonly until: string
  /** As the scenario says. */
  readonly reason: string
}

/** What is found, as a word. */
export type FindingKind = Finding['kind']

/** Begins a finding: its kind with the id that belongs to it, and how much it matters. */
export function found<K extends FindingKind>(
  kind: K,
  severity: Severity,
): { readonly id: string; readonly kind: K; readonly severity: Severity } {
  return { id: findingIds[kind], kind, severity }
}
