import type { RiskLevel } from '../../../workload/gates.ts'
import type { Refusal } from '../risk-result.ts'

/** The answer if each assumed amount is less, or more. */
export interface Sensitivity {
  /** Of every assumed amount: half where the answer is not safe, twice where it is. */
  readonly factor: 0.5 | 2
  /** What is assumed, each kind once. */
  readonly assumed: readonly AssumedAmount[]
  /** The level then. */
  readonly riskLevel: RiskLevel
  /** What keeps it from starting then; absent: nothing. */
  readonly refusal?: Refusal
  readonly headroomBytes: number
  readonly pageTableBytes: number
}

/** An amount that is a default, or that an import or a capture estimated. */
export type AssumedAmount =
  | {
      /** Pages of a mapping that one process touches. */
      readonly kind: 'touched'
      /** Every one of these mappings is touched whole. */
      readonly everything: boolean
      /** Other mappings are touched as the scenario says. */
      readonly ofSome?: true
    }
  | {
      /**
       * Private memory and page tables of one process, without what follows from `private`; kernel
       * memory of one process or thread.
       */
      readonly kind: 'private' | 'baseTables' | 'kernelMemory'
      /** Of the groups where it is assumed, the least and the most. */
      readonly leastBytes: number
      readonly mostBytes: number
      /** The scenario says it of other groups. */
      readonly ofSome?: true
    }
  | {
      /** Memory that is kept for the system. */
      readonly kind: 'reserve'
      readonly bytes: number
    }
