import type { Database } from '../../importers/kind.ts'
import { bytes } from '../../units/quantity.ts'
import { parseSize } from '../../units/size.ts'
import type {
  ColorChoice,
  Command,
  Format,
  ImportRequest,
  Output,
  Override,
  Request,
} from '../output/request.ts'
import { UsageError } from '../output/usage-error.ts'
import type { CaptureOptionsGiven } from './capture-options.ts'
import { captureRequestOf, machineIn } from './capture-options.ts'
import type { OptionName } from './manual.ts'
import { endingsOf, formatOfEnding, manual } from './manual.ts'

/** The command line as commander took it apart. */
export interface Given {
  readonly command: Command
  readonly implied: boolean
  readonly operands: readonly string[]
  readonly options: GivenOptions
  /** The shared options that were written, not defaulted. */
  readonly named: readonly OptionName[]
}

export interface GivenOptions extends CaptureOptionsGiven {
  /** As typed. */
  readonly format?: string
  readonly output?: readonly string[]
  readonly set?: readonly string[]
  readonly maxRisk?: string
  readonly minHeadroom?: string
  readonly maxPageTables?: string
  readonly maxResidual?: string
  readonly failOn?: string
  readonly maxGrowth?: readonly string[]
  readonly baseline?: string
  readonly waivers?: boolean
  readonly strategy?: string
  readonly numaNodes?: string
  readonly color?: ColorChoice
  readonly quiet?: true
  readonly verbose?: true
  readonly kind?: Database
  readonly memory?: string
  readonly swap?: string
  readonly connections?: string
  readonly touched?: string
  readonly dataSize?: string
  readonly release?: string
}

/**
 * The checked request.
 * @throws UsageError where options contradict the command or one another.
 */
export function requestOf(given: Given): Request {
  const { command, implied, operands, options } = given
  refuseStrangers(given)
  const machine = machineOf(given)
  if (machine.capture === undefined) requireFiles(given)
  const format = formatOfStdout(command, options)
  return {
    command,
    implied,
    operands,
    ...(format === undefined ? {} : { format }),
    outputs: outputsOf(command, options.output ?? []),
    overrides: [...(options.set ?? []).map(overrideOf), ...gateOverrides(options)],
    color: options.color ?? 'auto',
    verbose: options.verbose ?? false,
    ...(options.numaNodes === undefined ? {} : { numaNodes: nodesOf(options.numaNodes) }),
    ...judgingOf(options),
    ...(options.strategy === undefined ? {} : { strategy: options.strategy }),
    ...machine,
    ...(command === 'import' ? { import: importRequestOf(options) } : {}),
  }
}

function requireFiles({ command, operands }: Given): void {
  if (manual[command].operands === '' || operands.length > 0) return
  const what = command === 'import' ? 'file' : 'scenario'
  throw new UsageError(`${command}: no ${what} given: name a file, or - for standard input`)
}

/** The machine that is looked at, where a command does that. */
function machineOf({ command, operands, options }: Given): Pick<Request, 'capture'> {
  if (command === 'capture') return { capture: captureRequestOf(options) }
  if (command === 'verify') return machineIn(operands, options)
  return {}
}

function refuseStrangers({ command, named }: Given): void {
  const stranger = named.find((name) => !manual[command].options.includes(name))
  if (stranger === undefined) return
  const plain = stranger.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  const written = stranger === 'waivers' ? `no-${plain}` : plain
  throw new UsageError(`--${written} has no meaning for ${command}`)
}

/** With `-o FILE` standard output stays empty, unless `--format` or `-o -` asks for it too. */
function formatOfStdout(command: Command, options: GivenOptions): Format | undefined {
  const known = manual[command].formats
  const [usual] = known
  const wanted = known.find((format) => format === options.format)
  if (options.format !== undefined && wanted === undefined) {
    throw new UsageError(`${command} prints ${known.join(' or ')}, not ${options.format}`)
  }
  const outputs = options.output ?? []
  if (options.quiet) return undefined
  if (wanted !== undefined) return wanted
  return outputs.length === 0 || outputs.includes('-') ? usual : undefined
}

function outputsOf(command: Command, paths: readonly string[]): readonly Output[] {
  return paths.filter((path) => path !== '-').map((path) => outputOf(command, path))
}

function outputOf(command: Command, path: string): Output {
  const extension = /[^/\\](\.[^./\\]*)$/.exec(path)?.[1] ?? ''
  const format = formatOfEnding.get(extension.toLowerCase())
  if (format !== undefined && manual[command].formats.includes(format)) return { path, format }
  throw new UsageError(
    `cannot tell the format of ${path === '' ? "''" : path} from its name: end it in ${endingsOf(command).join(' or ')}`,
  )
}

/** MAX_NUMNODES is 1024 at most: CONFIG_NODES_SHIFT 10. */
const mostNodes = 1024

function nodesOf(text: string): number {
  const nodes = /^[0-9]{1,4}$/.test(text) ? Number(text) : 0
  if (nodes >= 1 && nodes <= mostNodes) return nodes
  throw new UsageError(`--numa-nodes ${text}: write a whole number from 1 to ${mostNodes}`)
}

function importRequestOf(options: GivenOptions): ImportRequest {
  const { memory, swap, connections, touched, dataSize, release, kind, root } = options
  if (memory === undefined) {
    throw new UsageError('import: say how much memory the host has, as in --memory 512GB')
  }
  checkImport(options)
  return {
    memory,
    ...(swap === undefined ? {} : { swap }),
    ...(connections === undefined ? {} : { connections: Number(connections) }),
    ...(touched === undefined ? {} : { touched }),
    ...(dataSize === undefined ? {} : { data: dataOf(dataSize) }),
    ...(release === undefined ? {} : { release }),
    ...(kind === undefined ? {} : { kind }),
    ...(root === undefined ? {} : { root }),
  }
}

function checkImport({ connections, touched, dataSize, release, root }: GivenOptions): void {
  if (connections !== undefined && !/^[1-9]\d{0,6}$/.test(connections)) {
    throw new UsageError(`--connections ${connections}: write a whole number, 1 or more`)
  }
  if (touched !== undefined && dataSize !== undefined) {
    throw new UsageError('--touched and --data-size both say what is touched: give one of them')
  }
  if (release !== undefined && !/^\d{1,3}(?:[.]\d{1,3})*$/.test(release)) {
    throw new UsageError(`--release ${release}: write a release, such as 18 or 19.3`)
  }
  if (root === '') throw new UsageError('--root is empty: name a folder, or / for this machine')
}

function dataOf(text: string): NonNullable<ImportRequest['data']> {
  const size = parseSize(text, bytes(4096))
  if (size.ok && size.bytes > 0) return { text, bytes: size.bytes }
  throw new UsageError(`--data-size ${text}: write a size with a unit, such as 747MB`)
}

function overrideOf(text: string): Override {
  const equals = text.indexOf('=')
  if (equals > 0) return { path: text.slice(0, equals), value: text.slice(equals + 1) }
  throw new UsageError(`--set ${text}: write path=value, as in --set groups.clients.processes=3000`)
}

function gateOverrides(options: GivenOptions): readonly Override[] {
  const gates: readonly (readonly [option: string, path: string, value: string | undefined])[] = [
    ['--max-risk', 'gates.risk', options.maxRisk],
    ['--min-headroom', 'gates.headroom', options.minHeadroom],
    ['--max-page-tables', 'gates.pageTables', options.maxPageTables],
    ['--max-residual', 'gates.residual', options.maxResidual],
    ['--fail-on', 'gates.findings', options.failOn],
    ...growthOverrides(options.maxGrowth ?? []),
  ]
  return gates.flatMap(([option, path, value]) =>
    value === undefined ? [] : [{ option, path, value }],
  )
}

/** The limits of the command line, in place of all that the scenario has. */
function growthOverrides(
  limits: readonly string[],
): readonly (readonly [string, string, string])[] {
  if (limits.length === 0) return []
  const option = '--max-growth'
  return [
    [option, 'gates.growth', '[]'],
    ...limits.map((limit, index) => [option, `gates.growth[${index}]`, limit] as const),
  ]
}

function judgingOf({
  waivers = true,
  baseline,
  maxGrowth,
}: GivenOptions): Pick<Request, 'waivers' | 'baseline'> {
  if (baseline === '-') throw new UsageError('--baseline names a file, not standard input')
  if (baseline !== undefined) return { waivers, baseline }
  if (maxGrowth === undefined) return { waivers }
  throw new UsageError('--max-growth says how much more than a --baseline: name that file too')
}
