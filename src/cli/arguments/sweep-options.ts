import type { OptionDeclaration } from './option.ts'
import { endOfPath, invalid, repeatable, text, UsageError } from './option.ts'

/** A path of the scenario and the values that it takes, as typed. */
export interface Varied {
  readonly path: string
  readonly values: string
}

/** Options of `sweep` alone. */
export interface SweepFlags {
  readonly vary?: readonly Varied[]
  /** Paths in the result. */
  readonly metric?: readonly string[]
}

export const sweepOptions: {
  readonly [Name in keyof SweepFlags]-?: OptionDeclaration<NonNullable<SweepFlags[Name]>>
} = {
  vary: repeatable({
    flags: '--vary PATH=VALUES',
    help: 'plan with PATH set to each of VALUES, such as groups.clients.processes=100..3000:100',
    argument: { kind: 'setting' },
    commands: ['sweep'],
    read: varied,
  }),
  metric: repeatable({
    flags: '--metric PATH',
    help: 'print PATH of each result; default: pageTables.bytes and memory.headroomBytes',
    commands: ['sweep'],
    read: text,
  }),
}

/** Metrics if none is asked for. */
export const usualMetrics: readonly string[] = ['pageTables.bytes', 'memory.headroomBytes']

/** @throws UsageError where there is nothing to vary, or too much. */
export function checkSweep({ vary = [] }: SweepFlags): void {
  const [first, second, third] = vary
  if (first === undefined) {
    throw new UsageError(
      'sweep requires --vary PATH=VALUES, for example groups.clients.processes=100..3000:100',
    )
  }
  if (third !== undefined) {
    throw new UsageError('sweep varies one or two paths; remove the third --vary')
  }
  if (second?.path === first.path) {
    throw new UsageError(`--vary ${first.path} is given twice; name another path, or one list`)
  }
}

function varied(typed: string, name: string): Varied {
  const equals = endOfPath(typed)
  const values = typed.slice(equals + 1)
  if (equals > 0 && values.trim() !== '') return { path: typed.slice(0, equals), values }
  throw invalid(name, typed, 'PATH=VALUES, for example groups.clients.processes=100..3000:100')
}
