import type { LevelName } from '../../geometry/layout.ts'
import type { ScenarioIdentity, Status, StrategyIdentity } from './result.ts'

/** One number of a result, derived: the formula, the numbers put in, the answer with its unit. */
export interface Explanation {
  /** Path of the number in the result, as `strategies.base-pages.pageTables.bytes`. */
  readonly path: string
  /** What the number is, in a few words of the field. */
  readonly meaning: string
  /** In symbols, as `ceil((A + S) / reach) − floor(A / reach)`. */
  readonly formula: string
  /** The formula with numbers, as `307,200 · 4,096`. */
  readonly substituted: string
  readonly value: number
  readonly unit: string
  /** Where the rule comes from. */
  readonly source: string
}

/** A group in a path; later parts of a group that is planned in parts are numbered. */
export function groupInPath(groups: readonly { readonly name: string }[], index: number): string {
  const name = groups[index]?.name ?? ''
  const part = groups.slice(0, index + 1).filter((group) => group.name === name).length
  return part > 1 ? `${name}#${part}` : name
}

/** One address of one process, level by level from the top. Addresses are 0x… text. */
export interface AddressWalk {
  readonly schema: 'mshare-plan/address/1'
  readonly scenario: ScenarioIdentity
  /** The strategy under which the process is looked at. */
  readonly strategy: StrategyIdentity & { readonly status: Status }
  readonly layout: string
  readonly group: string
  readonly processes: number
  readonly address: string
  readonly mapping: WalkedMapping
  /** From the top to the leaf. */
  readonly levels: readonly WalkedLevel[]
  /** Levels that the layout, or this process, does not have. */
  readonly folded: readonly LevelName[]
  readonly leaf: WalkedLeaf
}

/** The mapping that holds the address. */
export interface WalkedMapping {
  readonly region: string
  /** Which one of the group's maps, from 0. */
  readonly map: number
  readonly start: string
  /** One past its last byte. */
  readonly end: string
  /** `given`: by `at`; `assumed`: placed by the plan, where the kernel may place it otherwise. */
  readonly placed: 'given' | 'assumed'
  readonly access: 'rw' | 'ro'
  readonly private: boolean
  /** Byte of the region that the address is. */
  readonly offsetBytes: number
}

/** The table of one level that the walk passes. */
export interface WalkedLevel {
  readonly level: LevelName
  /** Entry of the table that the address selects. */
  readonly index: number
  readonly entries: number
  /** First address that the table maps. */
  readonly start: string
  /** One past the last. */
  readonly end: string
  /** `own`: of the process; `linked`: hugetlb shares it; `mshare`: of the region (proposed). */
  readonly table: 'own' | 'linked' | 'mshare'
  /**
   * Probability that the table exists: 1 where something that it maps is touched, 0 where nothing is.
   * @unrounded
   */
  readonly existsProbability: number
  /** Who uses the same table; empty for a table of one process. */
  readonly sharedBy: readonly { readonly group: string; readonly processes: number }[]
  /** Kernel counters that the table is in. `VmPTE` is that of each process that uses it. */
  readonly counters: readonly ('VmPTE' | 'PageTables')[]
}

/** The entry that maps the page. */
export interface WalkedLeaf {
  readonly level: LevelName
  readonly pageBytes: number
  readonly pageStart: string
  /** `deposit`: a transparent huge page, whose pte table waits below it. */
  readonly kind: 'base' | 'hugetlb' | 'transparent' | 'deposit'
  /**
   * Probability that the process touches the base page of the address.
   * @unrounded
   */
  readonly touchedProbability: number
}

/** Why an address is in no mapping. */
export type AddressFault =
  | { readonly kind: 'not-an-address' | 'too-long' }
  | { readonly kind: 'no-group'; readonly groups: readonly string[] }
  | { readonly kind: 'no-strategy'; readonly strategies: readonly string[] }
  | { readonly kind: 'refused' }
  /** At or above the end of what a process may map. */
  | { readonly kind: 'kernel' | 'beyond'; readonly end: string }
  | {
      readonly kind: 'hole'
      /** The nearest mappings; absent at the ends. */
      readonly below?: { readonly region: string; readonly end: string }
      readonly above?: { readonly region: string; readonly start: string }
    }
