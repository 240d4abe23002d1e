import type { OutputRequest } from '../output/delivery.ts'
import type { Command } from '../output/formats.ts'
import { commands, endingsOf, formatOfFile, formatsOf } from '../output/formats.ts'
import type { CaptureRequest } from './capture-options.ts'
import { captureRequestOf, machineToVerify } from './capture-options.ts'
import { manual } from './command-manual.ts'
import type { Override } from './gate-options.ts'
import { gateOverrides } from './gate-options.ts'
import type { ImportRequest } from './import-options.ts'
import { importRequestOf } from './import-options.ts'
import type { InitRequest } from './init-options.ts'
import { initRequestOf } from './init-options.ts'
import { enumeration, UsageError } from './option.ts'
import type { Options } from './options.ts'
import { shells } from './shells.ts'
import { checkSweep } from './sweep-options.ts'

/** What the command line asked for, checked. */
export interface Request extends OutputRequest {
  readonly command: Command
  /** Files, folders, patterns and `-`, as named. */
  readonly operands: readonly string[]
  /** `plan` was not written: it is what happens without a command. */
  readonly implied: boolean
  /** Those of `--set`, then those of the gates. */
  readonly overrides: readonly Override[]
  readonly options: Options
  /** `capture`, and `verify` of a machine: what it looks at. */
  readonly capture?: CaptureRequest
  /** `import`: what the files of the database do not say. */
  readonly import?: ImportRequest
  /** `init`: the template, and the numbers of the server. */
  readonly init?: InitRequest
}

/** The command line, taken apart; each value is one that its option can have. */
export interface ParsedCommandLine extends Pick<Request, 'command' | 'operands' | 'implied'> {
  readonly options: Options
}

/**
 * The checked request.
 * @throws UsageError where options contradict the command or one another.
 */
export function requestOf(parsed: ParsedCommandLine): Request {
  const { command, options } = parsed
  const capture = captureIn(parsed)
  checkOperands(parsed, capture)
  checkBaseline(options)
  if (command === 'sweep') checkSweep(options)
  return {
    ...parsed,
    ...outputIn(command, options),
    overrides: [...(options.set ?? []), ...gateOverrides(options)],
    ...(capture === undefined ? {} : { capture }),
    ...(command === 'import' ? { import: importRequestOf(options) } : {}),
    ...(command === 'init' ? { init: initRequestOf(parsed.operands, options) } : {}),
  }
}

/** The machine that is looked at, where a command does that. */
function captureIn({ command, operands, options }: ParsedCommandLine): CaptureRequest | undefined {
  if (command === 'capture') return captureRequestOf(options, operands)
  if (command === 'collect') return captureRequestOf(options)
  return command === 'verify' ? machineToVerify(operands, options) : undefined
}

function checkOperands(
  { command, operands }: ParsedCommandLine,
  capture: CaptureRequest | undefined,
): void {
  const [first, second] = operands
  const taken = manual[command].operands
  if (taken === 'none' && first !== undefined) {
    throw new UsageError(`${command} takes no files; remove ${first}`)
  }
  if (taken === 'one' && second !== undefined) {
    const what = command === 'completion' ? 'shell' : 'file'
    throw new UsageError(`${command} takes one ${what}; remove ${second}`)
  }
  if (taken === 'two') {
    checkTwo(command, operands)
    return
  }
  if (command === 'completion') {
    checkShell(first)
    return
  }
  const mayBeNone = taken === 'none' || taken === 'any'
  if (mayBeNone || first !== undefined || capture !== undefined) return
  const what = needed[command] ?? 'scenario'
  throw new UsageError(`${command} needs a ${what}; name a file, or - for standard input`)
}

function checkTwo(command: Command, operands: readonly string[]): void {
  if (operands.length !== 2) {
    const found = operands.length === 1 ? '1 is named' : `${operands.length} are named`
    throw new UsageError(`${command} compares two files, and ${found}; write the old one first`)
  }
  if (operands.every((operand) => operand === '-')) {
    throw new UsageError('standard input can be read once; name a file for one of the two')
  }
}

/** What a command needs, where that is no scenario. */
const needed: Readonly<Partial<Record<Command, string>>> = {
  import: 'configuration',
  postmortem: 'log',
}

function checkShell(name: string | undefined): void {
  if (shells.some((shell) => shell === name)) return
  const problem = name === undefined ? 'completion needs a shell' : `no shell is called ${name}`
  throw new UsageError(`${problem}; write ${enumeration(shells)}`)
}

function checkBaseline({ maxGrowth, baseline }: Options): void {
  if (maxGrowth === undefined || baseline !== undefined) return
  throw new UsageError('--max-growth requires --baseline FILE')
}

function outputIn(command: Command, options: Options): OutputRequest {
  const paths = options.output ?? []
  const format = formatOfStdout(command, options, paths)
  return {
    ...(format === undefined ? {} : { format }),
    ...(format !== undefined && options.format === undefined ? { isUsual: true } : {}),
    outputs: paths.filter((path) => path !== '-').map((path) => outputFile(command, path)),
    color: options.color ?? 'auto',
  }
}

/** With `-o FILE` standard output stays empty, unless `--format` or `-o -` asks for it too. */
function formatOfStdout(
  command: Command,
  { format, quiet }: Options,
  paths: readonly string[],
): OutputRequest['format'] {
  const known = formatsOf(command)
  const [usual] = known
  const asked = known.find((candidate) => candidate === format)
  if (format !== undefined && asked === undefined) {
    throw new UsageError(`${command} does not print ${format}; write ${enumeration(known)}`)
  }
  if (quiet) return undefined
  if (asked !== undefined) return asked
  return paths.length === 0 || paths.includes('-') ? usual : undefined
}

function outputFile(command: Command, path: string): OutputRequest['outputs'][number] {
  const format = formatOfFile(path, command)
  if (format !== undefined) return { path, format }
  const shown = path === '' ? "''" : path
  const other = commands.find((one) => formatOfFile(path, one) !== undefined)
  if (other !== undefined) {
    throw new UsageError(
      `${command} does not write ${formatOfFile(path, other)}, the format of ${shown}; end its name in ${enumeration(endingsOf(command))}, or use ${other}`,
    )
  }
  throw new UsageError(
    `the format of ${shown} is unknown; end its name in ${enumeration(endingsOf(command))}`,
  )
}
