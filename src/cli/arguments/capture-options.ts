import type { ArgumentMode } from '../../capture/collect/argument-modes.ts'
import { argumentModes } from '../../capture/collect/argument-modes.ts'
import type { Grouping } from '../../capture/estimate/grouping.ts'
import { groupings } from '../../capture/estimate/grouping.ts'
import type { Selection } from '../../capture/machine/selection.ts'
import type { Command } from '../output/formats.ts'
import type { OptionDeclaration } from './option.ts'
import { choice, flag, invalid, repeatable, text, UsageError } from './option.ts'

/** What `capture` looks at, and `verify` of a machine. */
export interface CaptureRequest {
  /** A copy of a machine; absent: the running one. */
  readonly root?: string
  /** Files with the outputs of commands, `-` for standard input, in place of a copy. */
  readonly texts?: readonly string[]
  readonly selection: Selection
  readonly grouping?: Grouping
}

/** Options that choose a machine and processes on it. `--root` is an option of `import` too. */
export interface CaptureOptions {
  readonly live?: true
  readonly pid?: readonly number[]
  readonly name?: readonly string[]
  readonly user?: readonly string[]
  readonly cgroup?: readonly string[]
  readonly groupBy?: Grouping
  /** How much of command lines `collect` collects. */
  readonly arguments?: ArgumentMode
}

const capturing: readonly Command[] = ['capture', 'verify']
const choosing: readonly Command[] = ['capture', 'collect', 'verify']

export const captureOptions: {
  readonly [Name in keyof CaptureOptions]-?: OptionDeclaration<NonNullable<CaptureOptions[Name]>>
} = {
  live: flag({
    flags: '--live',
    help: 'verify this machine, or hold the forecasts in FILE against it',
    commands: ['verify'],
  }),
  pid: repeatable({
    flags: '--pid PID',
    help: 'only process PID',
    commands: choosing,
    read: processId,
  }),
  name: repeatable({
    flags: '--name TEXT',
    help: 'only processes whose name or title matches TEXT, a substring or a glob',
    commands: choosing,
    read: text,
  }),
  user: repeatable({
    flags: '--user USER',
    help: 'only processes of USER, a name or a number',
    commands: choosing,
    read: text,
  }),
  cgroup: repeatable({
    flags: '--cgroup PATH',
    help: 'only processes in cgroup PATH',
    commands: choosing,
    read: text,
  }),
  groupBy: choice({
    flags: '--group-by KEY',
    help: 'make one group per KEY',
    commands: capturing,
    words: groupings,
  }),
  arguments: choice({
    flags: '--arguments MODE',
    help: 'what to keep of command lines; default: needed, which is program, role and data directory',
    commands: ['collect'],
    words: argumentModes,
  }),
}

/** @throws UsageError where standard input is named as a machine, or a copy and files are named. */
export function captureRequestOf(
  options: CaptureOptions & { readonly root?: string },
  texts: readonly string[] = [],
): CaptureRequest {
  const { root, pid = [], name = [], user = [], cgroup = [], groupBy } = options
  if (root === '-') throw invalid('--root', root, 'a directory or an archive')
  if (root !== undefined && texts.length > 0) {
    throw new UsageError('capture reads --root or files, not both; remove one of them')
  }
  return {
    ...(root === undefined ? {} : { root }),
    ...(texts.length === 0 ? {} : { texts }),
    selection: { pids: pid, names: name, users: user, cgroups: cgroup },
    ...(groupBy === undefined ? {} : { grouping: groupBy }),
  }
}

/**
 * The machine that `verify` looks at; `undefined` where only files are named. With files it is the
 * machine that their forecasts are held against.
 * @throws UsageError where processes or a strategy are named without it.
 */
export function machineToVerify(
  operands: readonly string[],
  options: CaptureOptions & { readonly root?: string; readonly strategy?: string },
): CaptureRequest | undefined {
  const { root, live, pid, name, user, cgroup, groupBy, strategy } = options
  if (strategy !== undefined) checkForecast(operands, options)
  if (root === undefined && live === undefined) {
    if ([pid, name, user, cgroup, groupBy].every((one) => one === undefined)) return undefined
    throw new UsageError('verify selects processes of a machine only; add --live or --root PATH')
  }
  if (root !== undefined && live !== undefined) {
    throw new UsageError('--live and --root name two machines; remove one of them')
  }
  return captureRequestOf(options)
}

/** @throws UsageError where a forecast or a machine is missing. */
function checkForecast(
  operands: readonly string[],
  { root, live }: Pick<CaptureOptions, 'live'> & { readonly root?: string },
): void {
  if (operands.length > 0 && (root !== undefined || live !== undefined)) return
  throw new UsageError(
    '--strategy compares a forecast with a machine; write verify FILE --live --strategy ID, or --root PATH',
  )
}

function processId(typed: string, name: string): number {
  if (/^[1-9]\d{0,9}$/.test(typed)) return Number(typed)
  throw invalid(name, typed, 'a process id, a whole number')
}
