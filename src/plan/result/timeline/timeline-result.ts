import type { RiskLevel } from '../../../workload/gates.ts'
import type { HostResult } from '../host-result.ts'
import type { RefusedStrategy, Result } from '../result.ts'
import type { Refusal } from '../risk-result.ts'

/** What a timeline comes to, step by step. */
export interface TimelineResult {
  readonly schema: 'mshare-plan/timeline/1'
  readonly tool: Result['tool']
  readonly scenario: {
    readonly name: string
    readonly file: string
    /** Line of the file that the document begins in; absent: the first. */
    readonly line?: number
    readonly fingerprint: string
  }
  /** The machine before the first step. */
  readonly host: HostResult
  /** The machine before the first step is step 0. */
  readonly steps: readonly TimelineStep[]
  /** Strategies in the order of comparison. */
  readonly strategies: readonly TimelineStrategy[]
  /** Strategies of which nothing can be planned. */
  readonly refused: readonly RefusedStrategy[]
}

/** A step: what happened, and who runs afterwards. */
export interface TimelineStep {
  /** From 0. */
  readonly step: number
  /** Absent: it has none. */
  readonly name?: string
  /** What the step does, in order. */
  readonly actions: readonly TimelineAction[]
  /** What that led to. */
  readonly consequences: readonly Consequence[]
  /** Processes of all groups. */
  readonly processes: number
  readonly groups: readonly TimelineGroup[]
}

/** Processes of a group after a step. */
export interface TimelineGroup {
  readonly name: string
  readonly processes: number
}

/** An action as the scenario has it. */
export interface TimelineAction {
  readonly kind:
    | 'start'
    | 'stop'
    | 'crash'
    | 'fork'
    | 'touch'
    | 'unmap'
    | 'dontneed'
    | 'create'
    | 'attach'
    | 'unlink'
    | 'close'
    | 'pool'
    | 'set'
  /** Group that it is about. */
  readonly group?: string
  /** Of `fork`: the group of the children. */
  readonly into?: string
  readonly region?: string
  /** Processes that start, end or are forked. */
  readonly processes?: number
  /** Of `pool`: size of a page. */
  readonly pageBytes?: number
  /** Of `pool`: pages. */
  readonly pages?: number
  /** Of `set`. */
  readonly path?: string
  /** Of `set`. */
  readonly value?: string
}

/** What an action led to beside what it says. */
export type Consequence =
  /** An mshare region is unmapped for all: its owner ended, or closed its descriptor. */
  | {
      readonly kind: 'region-lost'
      readonly region: string
      /** Processes that had it mapped. */
      readonly processes: number
      readonly because: 'owner-ended' | 'owner-closed'
    }
  /** Memory without a name is gone with the last process that mapped it. */
  | { readonly kind: 'region-gone'; readonly region: string }
  /** A region has no name any more; this number of processes keeps its memory and its tables. */
  | { readonly kind: 'region-kept'; readonly region: string; readonly processes: number }
  /** Processes start, and a region that they map does not exist. */
  | { readonly kind: 'without-region'; readonly region: string; readonly group: string }
  /** A pool cannot be made smaller than what is in use. */
  | { readonly kind: 'pool-in-use'; readonly pageBytes: number; readonly pages: number }
  /** Processes that run stay on base pages, whatever the pool has now. */
  | { readonly kind: 'on-base-pages'; readonly region: string }

/** One strategy, step by step. */
export interface TimelineStrategy {
  readonly id: string
  /** `proposed` where a step needs mshare. */
  readonly status: 'mainline' | 'proposed'
  /** One for each step. */
  readonly steps: readonly TimelineFigures[]
  readonly peak: TimelinePeak
}

/** The steps that decide. */
export interface TimelinePeak {
  /** The first step with the most page tables. */
  readonly pageTables: number
  /** The first step with the least headroom. */
  readonly headroom: number
  /** The first step with the worst risk. */
  readonly risk: number
}

/** A strategy after a step. */
export interface TimelineFigures {
  /** Absent where nothing is known: the strategy is not possible with what there is at this step. */
  readonly pageTables?: {
    readonly bytes: number
    readonly leastBytes: number
    readonly mostBytes: number
    /** What exists once however many processes there are. */
    readonly onceBytes: number
  }
  readonly demandBytes?: number
  readonly headroomBytes?: number
  /** The worst of the host's level and those of its cgroups. */
  readonly level?: RiskLevel
  /** What keeps it from running so; absent where it runs. */
  readonly refusal?: Refusal
}
