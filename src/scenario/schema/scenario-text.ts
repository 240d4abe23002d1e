import type { RiskLevel, Severity } from '../../workload/gates.ts'
import type { Host } from '../../workload/host.ts'
import type { KillReason, OomConstraint, OomMemory, OomPart } from '../../workload/out-of-memory.ts'
import type { Backing, Fallback, MshareRevision, Program } from '../../workload/region.ts'

/** A scenario as written, once its shape is right: sizes, shares, addresses and modes are text. */
export interface ScenarioText {
  readonly $schema?: string | undefined
  readonly extends?: string | undefined
  readonly version: 1
  readonly name?: string | undefined
  readonly host: HostText
  readonly regions?: Readonly<Record<string, RegionText>> | undefined
  readonly groups: Readonly<Record<string, GroupText>>
  readonly mshare?: { readonly revision?: MshareRevision | undefined } | undefined
  readonly strategies?: readonly string[] | undefined
  readonly gates?: GatesText | undefined
  readonly allow?: readonly WaiverText[] | undefined
  readonly timeline?: readonly StepText[] | undefined
  /** Path → rate; `from` and `until` → day. */
  readonly growth?: Readonly<Record<string, string>> | undefined
  /** Name → path → value. */
  readonly cases?: ByName<ByName<unknown>> | undefined
  readonly measured?: MeasuredText | undefined
  /** Path of a value in this file → why it was assumed. */
  readonly assumed?: Readonly<Record<string, string>> | undefined
}

export interface HostText {
  readonly memory: string
  readonly layout?: string | undefined
  readonly kernel?: string | undefined
  readonly pti?: boolean | undefined
  readonly swap?: string | undefined
  readonly reserve?: string | Readonly<Record<string, string>> | undefined
  readonly minFree?: string | undefined
  readonly hugepages?: Readonly<Record<string, number>> | undefined
  readonly hugepageSizes?: readonly string[] | undefined
  readonly overcommit?: Optional<Host['overcommit']> | undefined
  readonly thp?: Optional<Host['thp']> | undefined
  readonly cgroups?: Readonly<Record<string, { readonly limit: string }>> | undefined
}

export interface RegionText {
  readonly size: string
  readonly backing?: Backing | undefined
  readonly pageSize?: string | undefined
  readonly thp?: boolean | undefined
  readonly locked?: boolean | undefined
  readonly resident?: string | { readonly atLeast: string } | undefined
  readonly fallback?: Fallback | undefined
  readonly after?: string | undefined
  readonly program?: Program | undefined
  readonly programRelease?: string | undefined
  readonly objects?: number | undefined
  readonly copies?: number | undefined
  readonly mshare?: boolean | MshareText | undefined
}

export interface MshareText {
  readonly mode?: string | undefined
  readonly uid?: number | undefined
  readonly gid?: number | undefined
  readonly owner?: string | undefined
}

export interface GroupText {
  readonly processes: number
  readonly copies?: number | undefined
  readonly threads?: number | undefined
  readonly private?: string | undefined
  readonly lockedPrivate?: string | undefined
  readonly baseTables?: string | undefined
  readonly kernelMemory?: string | undefined
  readonly uid?: number | undefined
  readonly gid?: number | undefined
  readonly cgroup?: string | undefined
  readonly oomScoreAdj?: number | undefined
  readonly shortLived?: boolean | undefined
  readonly maps?: readonly MappingText[] | undefined
}

export interface MappingText {
  readonly region: string
  readonly at?: string | undefined
  readonly movable?: boolean | undefined
  readonly offset?: string | undefined
  readonly length?: string | undefined
  readonly touched?: TouchedText | undefined
  readonly access?: 'rw' | 'ro' | undefined
  readonly private?: boolean | undefined
}

/** `all`, `none`, a percentage, or one kind. */
export type TouchedText = string | TouchedKinds

export interface TouchedKinds {
  readonly first?: string | undefined
  readonly every?: string | undefined
  readonly pages?: string | undefined
  readonly ranges?: readonly RangeText[] | undefined
  readonly random?: string | undefined
  /** With `random`: clusters of that size are drawn, not single pages. */
  readonly in?: string | undefined
  readonly zipf?: ZipfText | undefined
}

/** Pages drawn with replacement by rank. */
export interface ZipfText {
  readonly exponent: number
  readonly accesses: number
  readonly order?: 'in-order' | 'scattered' | undefined
}

export interface RangeText {
  readonly offset: string
  readonly length: string
}

export interface GatesText {
  readonly risk?: RiskLevel | undefined
  readonly headroom?: string | undefined
  readonly pageTables?: string | undefined
  readonly residual?: string | undefined
  readonly findings?: Severity | undefined
  readonly growth?: string | readonly string[] | undefined
  readonly strategy?: string | undefined
  /** `all`, a name or names. */
  readonly cases?: string | readonly string[] | undefined
}

/** A finding that is accepted for a time: its id or kind, the last day, and why. */
export interface WaiverText {
  readonly finding: string
  readonly until: string
  readonly reason: string
}

/** A step of a timeline; what it does happens in the order in which it is written. */
export interface StepText {
  readonly name?: string | undefined
  readonly start?: ByName<number> | undefined
  readonly stop?: ByName<number> | undefined
  readonly crash?: ByName<number> | undefined
  readonly fork?: ByName<ForkText> | undefined
  /** Group → region → pages. */
  readonly touch?: ByName<ByName<TouchedText>> | undefined
  readonly unmap?: ByName<ByName<PartText>> | undefined
  readonly dontneed?: ByName<ByName<PartText>> | undefined
  readonly create?: NamesText | undefined
  /** Regions, or group → regions. */
  readonly attach?: NamesText | ByName<NamesText> | undefined
  readonly unlink?: NamesText | undefined
  readonly close?: NamesText | undefined
  readonly pool?: ByName<number> | undefined
  /** Path → value. */
  readonly set?: ByName<unknown> | undefined
}

export interface ForkText {
  readonly into: string
  readonly processes: number
}

/** `all`, or from an offset on, to the end of the mapping where there is no length. */
export type PartText =
  | 'all'
  | { readonly offset?: string | undefined; readonly length?: string | undefined }

/** One name or several. */
export type NamesText = string | readonly string[]

type ByName<T> = Readonly<Record<string, T>>

/** What the counters of a running machine said. */
export interface MeasuredText {
  readonly pageTables?: string | undefined
  readonly groups?: Readonly<Record<string, MeasuredGroupText>> | undefined
  readonly elsewhere?: MeasuredElsewhereText | undefined
  readonly withoutMappings?: number | undefined
  readonly outOfMemory?: OutOfMemoryText | undefined
  readonly sources?: Readonly<Record<string, string>> | undefined
}

export interface MeasuredElsewhereText extends MeasuredProcessesText {
  readonly partial?: boolean | undefined
}

export interface MeasuredProcessesText {
  readonly processes: number
  readonly vmPte: string
}

export interface MeasuredGroupText extends MeasuredProcessesText {
  readonly ownTables?:
    | { readonly least: string; readonly most: string; readonly mapped: string }
    | undefined
  readonly fitted?: boolean | undefined
}

/** An out-of-memory report as written: sizes are text. */
export interface OutOfMemoryText {
  readonly time?: string | undefined
  readonly constraint: OomConstraint
  readonly cgroup?: string | undefined
  readonly limit?: string | undefined
  readonly nodes?: string | undefined
  readonly invokedBy?: string | undefined
  readonly order?: number | undefined
  readonly memory: OomMemoryText
  readonly listed?:
    | { readonly processes: number; readonly partial?: boolean | undefined }
    | undefined
  readonly panicked?: boolean | undefined
  readonly killed?: readonly KilledProcessText[] | undefined
  readonly chosen?: ChosenProcessText | undefined
  readonly reports?: number | undefined
  readonly report?: number | undefined
}

type SwapPart = Exclude<keyof OomMemory, OomPart | 'total'>

export interface OomMemoryText
  extends Readonly<Partial<Record<OomPart | SwapPart, string | undefined>>> {
  readonly total: string
}

interface NamedProcessText {
  readonly process: string
  readonly pid: number
  readonly group?: string | undefined
}

export interface ChosenProcessText extends NamedProcessText {
  readonly points?: number | undefined
}

export interface KilledProcessText extends NamedProcessText {
  readonly because?: KillReason | undefined
  readonly anonymous?: string | undefined
  readonly file?: string | undefined
  readonly shared?: string | undefined
  readonly swap?: string | undefined
  readonly pageTables?: string | undefined
  readonly oomScoreAdj?: number | undefined
}

type Optional<T> = { readonly [Key in keyof T]?: T[Key] | undefined }
