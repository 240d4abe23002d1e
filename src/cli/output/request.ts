import type { Grouping } from '../../capture/estimate/process-classes.ts'
import type { Selection } from '../../capture/machine/selection.ts'
import type { Wishes } from '../../importers/imported.ts'
import type { Database } from '../../importers/kind.ts'

/** What the command line asked for, checked. */
export interface Request {
  readonly command: Command
  /** Files, folders, patterns and `-`, as named. */
  readonly operands: readonly string[]
  /** `plan` was not written: it is what happens without a command. */
  readonly implied: boolean
  /** How the result is printed on standard output; absent: it is not. */
  readonly format?: Format
  readonly outputs: readonly Output[]
  readonly overrides: readonly Override[]
  readonly color: ColorChoice
  /** The table gives every assumption a line of its own. */
  readonly verbose: boolean
  /** Huge-page pools of the advice are split over so many NUMA nodes; absent: they are not. */
  readonly numaNodes?: number
  /** Waivers count, up to their last day. */
  readonly waivers: boolean
  /** The file with the saved results that this run is compared with. */
  readonly baseline?: string
  /** `explain`, `limits`: only this strategy. */
  readonly strategy?: string
  /** `capture`, and `verify` of a machine: what it looks at. */
  readonly capture?: CaptureRequest
  /** `import`: what the files of the database do not say. */
  readonly import?: ImportRequest
}

/** What `capture` looks at. */
export interface CaptureRequest {
  /** A copy of a machine; absent: the running one. */
  readonly root?: string
  readonly selection: Selection
  readonly grouping?: Grouping
}

/** As typed, except that connections are a number. */
export interface ImportRequest extends Wishes {
  readonly kind?: Database
  /** The folder that stands for the root of the server's files; absent: what the path says. */
  readonly root?: string
}

export const commands = [
  'plan',
  'check',
  'explain',
  'limits',
  'capture',
  'verify',
  'import',
  'layouts',
  'schema',
] as const
export type Command = (typeof commands)[number]

export type Format = 'table' | 'json' | 'yaml'

export const colorChoices = ['auto', 'always', 'never'] as const
export type ColorChoice = (typeof colorChoices)[number]

/** A file for the result. */
export interface Output {
  readonly path: string
  readonly format: Format
}

/** A value put in place of what the scenario says. */
export interface Override {
  readonly path: string
  readonly value: string
  /** The option that says so, where it is not `--set`. */
  readonly option?: string
}
