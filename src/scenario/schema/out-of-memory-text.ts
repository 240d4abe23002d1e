import type { KillReason, OomConstraint, OomMemory, OomPart } from '../../workload/out-of-memory.ts'

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
