import { Option } from 'commander'
import type { Grouping } from '../../capture/estimate/process-classes.ts'
import { groupings } from '../../capture/estimate/process-classes.ts'
import type { CaptureRequest } from '../output/request.ts'
import { UsageError } from '../output/usage-error.ts'

/** The options of `capture`, and of `verify` for a machine, as commander took them apart. */
export interface CaptureOptionsGiven {
  readonly root?: string
  /** `verify` only: `capture` looks at the running machine anyway. */
  readonly live?: true
  readonly pid?: readonly string[]
  readonly name?: readonly string[]
  readonly user?: readonly string[]
  readonly cgroup?: readonly string[]
  readonly groupBy?: Grouping
}

type Gather = (value: string, former: readonly string[] | undefined) => readonly string[]

export function captureOptions(gathered: Gather): readonly Option[] {
  const repeatable = (flags: string, text: string): Option =>
    new Option(flags, `${text}; repeatable`).argParser(gathered)
  return [
    new Option(
      '--root <path>',
      'a copy of /proc and /sys: a directory, a sosreport, a tar archive',
    ),
    repeatable('--pid <pid>', 'only this process'),
    repeatable('--name <text>', 'only programs or titles that hold it, or fit its * and ?'),
    repeatable('--user <user>', 'only processes of this user, a name or a number'),
    repeatable('--cgroup <path>', 'only processes in this control group'),
    new Option('--group-by <what>', 'one group for each').choices(groupings),
  ]
}

/** @throws UsageError where a text cannot choose anything. */
export function captureRequestOf(options: CaptureOptionsGiven): CaptureRequest {
  const { root, pid = [], name = [], user = [], cgroup = [], groupBy } = options
  const wrong = pid.find((text) => !/^[1-9]\d{0,9}$/.test(text))
  if (wrong !== undefined) throw new UsageError(`--pid ${wrong}: a process id is a whole number`)
  if ([...name, ...user, ...cgroup, root].includes('')) {
    throw new UsageError('an empty text chooses nothing')
  }
  if (root === '-') {
    throw new UsageError(
      '--root -: no machine is read from standard input: name a directory or an archive',
    )
  }
  return {
    ...(root === undefined ? {} : { root }),
    selection: { pids: pid.map(Number), names: name, users: user, cgroups: cgroup },
    ...(groupBy === undefined ? {} : { grouping: groupBy }),
  }
}

/**
 * The machine that `verify` looks at in place of files; nothing where files are named.
 * @throws UsageError where it is told both, or to choose processes of neither.
 */
export function machineIn(
  operands: readonly string[],
  options: CaptureOptionsGiven,
): { readonly capture?: CaptureRequest } {
  const { root, live, pid, name, user, cgroup, groupBy } = options
  if (root === undefined && live === undefined) {
    if ([pid, name, user, cgroup, groupBy].every((one) => one === undefined)) return {}
    throw new UsageError('verify: to choose processes, name a machine: --live or --root')
  }
  if (operands.length > 0) throw new UsageError('verify: name files or a machine, not both')
  if (root !== undefined && live !== undefined) {
    throw new UsageError('verify: --live is this machine, --root another: name one')
  }
  return { capture: captureRequestOf(options) }
}
