import type { DetailName } from '../../render/sections/detail-names.ts'
import { detailNames } from '../../render/sections/detail-names.ts'
import type { Command } from '../output/formats.ts'
import { commands, endingsOf, formatsOf } from '../output/formats.ts'
import type { ColorChoice } from '../output/ink-choice.ts'
import { colorChoices } from '../output/ink-choice.ts'
import type { CaptureOptions } from './capture-options.ts'
import { captureOptions } from './capture-options.ts'
import type { GateOptions, Override } from './gate-options.ts'
import { gateOptions } from './gate-options.ts'
import type { ImportFlags } from './import-options.ts'
import { importOptions } from './import-options.ts'
import type { InitFlags } from './init-options.ts'
import { initOptions } from './init-options.ts'
import type { OptionDeclaration } from './option.ts'
import {
  choice,
  endOfPath,
  flag,
  invalid,
  list,
  repeatable,
  single,
  text,
  UsageError,
} from './option.ts'
import type { RangeFlags } from './range-options.ts'
import { rangeOptions } from './range-options.ts'
import type { SweepFlags } from './sweep-options.ts'
import { sweepOptions } from './sweep-options.ts'

/** The values of all options that were given. */
export type Options = SharedOptions &
  GateOptions &
  SweepFlags &
  RangeFlags &
  CaptureOptions &
  ImportFlags &
  InitFlags

/** Options that belong to no single theme. */
export interface SharedOptions {
  /** As typed: each command has formats of its own. */
  readonly format?: string
  readonly output?: readonly string[]
  readonly set?: readonly Override[]
  /** Threads that plan. */
  readonly jobs?: number
  /** Only this strategy. */
  readonly strategy?: string
  /** The group whose process is looked at. */
  readonly group?: string
  /** An address of such a process, as typed. */
  readonly address?: string
  /** Huge-page pools of the advice are split across the nodes. */
  readonly numaNodes?: number
  /** The file with the saved results that this run is compared with. */
  readonly baseline?: string
  readonly noWaivers?: true
  /** Tables only. */
  readonly noChart?: true
  /** Failing gates are reported and do not change the status. */
  readonly exitZero?: true
  /** A copy of a machine, or of the files of a database server. */
  readonly root?: string
  readonly color?: ColorChoice
  readonly quiet?: true
  /** Every section below the screen. */
  readonly details?: true
  /** These sections below the screen. */
  readonly show?: readonly (DetailName | 'all')[]
  /** The same as `details`. */
  readonly verbose?: true
  /** The schema of results, not of scenarios. */
  readonly result?: true
}

/** `completion` prints a script, and has no options. */
const answering = commands.filter((command) => command !== 'completion')
const ofOneFormat: ReadonlySet<Command> = new Set(['capture', 'collect', 'report', 'init'])
const uncoloured: ReadonlySet<Command> = new Set(['capture', 'collect', 'schema'])

/**
 * Every option of the program, in the order of the help. To add one, add its value to the interface
 * of its theme and its declaration to the record below that; a command reads the value from `request.options`.
 */
export const options: {
  readonly [Name in keyof Options]-?: OptionDeclaration<NonNullable<Options[Name]>>
} = {
  format: single({
    flags: '-f, --format FORMAT',
    help: 'print the result as FORMAT',
    argument: { kind: 'words', words: formatsOf },
    commands: answering.filter((command) => !ofOneFormat.has(command)),
    read: (typed) => typed,
  }),
  output: repeatable({
    flags: '-o, --output FILE',
    help: (command) => `write the result to FILE (*${endingsOf(command).join(', *')})`,
    argument: { kind: 'file', endings: endingsOf },
    commands: answering,
    read: (typed) => typed,
  }),
  set: repeatable({
    flags: '--set PATH=VALUE',
    help: 'set PATH of the scenario to VALUE, such as groups.clients.processes=3000',
    argument: { kind: 'setting' },
    commands: [
      ...(['plan', 'check', 'explain', 'limits', 'sweep', 'timeline', 'verify'] as const),
      ...(['postmortem', 'report'] as const),
    ],
    read: override,
  }),
  strategy: single({
    flags: '--strategy ID',
    help: (command) =>
      command === 'verify'
        ? 'hold strategy ID of FILE against the machine; default: as-described'
        : 'show strategy ID only, such as hugetlb-2m',
    argument: { kind: 'strategy' },
    commands: ['explain', 'limits', 'sweep', 'timeline', 'verify'],
    read: text,
  }),
  address: single({
    flags: '--address ADDRESS',
    help: 'walk ADDRESS, such as 0x7f0000000000, through the page tables of a process',
    commands: ['explain'],
    read: text,
  }),
  group: single({
    flags: '--group NAME',
    help: 'take a process of group NAME for --address',
    commands: ['explain'],
    read: text,
  }),
  ...sweepOptions,
  ...gateOptions,
  ...rangeOptions,
  baseline: single({
    flags: '--baseline FILE',
    help: 'compare with the saved result in FILE; fail if the risk is worse or page tables grow',
    argument: { kind: 'file', endings: () => ['.json', '.ndjson'] },
    commands: ['plan', 'check'],
    read: baselineFile,
  }),
  noWaivers: flag({
    flags: '--no-waivers',
    help: 'ignore the waivers of the scenario',
    commands: ['plan', 'check', 'postmortem', 'report'],
  }),
  noChart: flag({
    flags: '--no-chart',
    help: 'print no pictures, and no figures of pictures in JSON',
    commands: ['limits', 'sweep', 'timeline'],
  }),
  exitZero: flag({
    flags: '--exit-zero',
    help: 'exit with 0, not 1, if a gate fails; errors keep their status',
    commands: ['plan', 'check', 'diff', 'verify', 'postmortem', 'report'],
  }),
  numaNodes: single({
    flags: '--numa-nodes N',
    help: 'split the huge pages of the advice across N nodes',
    commands: ['plan', 'explain', 'postmortem', 'report'],
    read: nodeCount,
  }),
  jobs: single({
    flags: '-j, --jobs N',
    help: 'plan with N threads; default: by the number of scenarios and processors',
    commands: ['plan', 'check', 'limits', 'verify', 'report'],
    read: threadCount,
  }),
  root: single({
    flags: '--root PATH',
    help: (command) =>
      command === 'import'
        ? 'take PATH as the root directory of the server; / is this machine'
        : 'read PATH, a copy of /proc and /sys: a directory, a sosreport or a tar archive',
    argument: { kind: 'file', endings: () => [] },
    commands: ['capture', 'verify', 'import'],
    read: text,
  }),
  ...captureOptions,
  ...importOptions,
  ...initOptions,
  color: choice({
    flags: '--color WHEN',
    help: 'use colour WHEN',
    commands: answering.filter((command) => !uncoloured.has(command)),
    words: colorChoices,
  }),
  quiet: flag({
    flags: '-q, --quiet',
    help: 'print errors only; the exit status has the answer',
    commands: answering,
  }),
  details: flag({
    flags: '--details',
    help: 'print every table below the screen',
    commands: ['plan', 'init', 'postmortem'],
  }),
  show: list({
    flags: '--show LIST',
    help: 'print the tables of LIST below the screen, such as budget,risk',
    commands: ['plan', 'init', 'postmortem'],
    words: [...detailNames, 'all'],
  }),
  verbose: flag({
    flags: '-v, --verbose',
    help: 'the same as --details',
    commands: ['plan', 'init', 'postmortem'],
  }),
  result: flag({
    flags: '--result',
    help: 'print the schema of results, not of scenarios',
    commands: ['schema'],
  }),
}

/** The options of a command, in the order of the help. */
export function optionsOf(command: Command): readonly OptionDeclaration<unknown>[] {
  return Object.values(options).filter((option) => option.commands.includes(command))
}

function override(typed: string, name: string): Override {
  const equals = endOfPath(typed)
  if (equals > 0) return { path: typed.slice(0, equals), value: typed.slice(equals + 1) }
  throw invalid(name, typed, 'PATH=VALUE, for example groups.clients.processes=3000')
}

function baselineFile(typed: string, name: string): string {
  if (typed !== '-') return typed
  throw new UsageError(`${name} cannot read standard input; name a file`)
}

/** MAX_NUMNODES is 1024 at most: CONFIG_NODES_SHIFT 10. */
const mostNodes = 1024

function nodeCount(typed: string, name: string): number {
  const nodes = /^[0-9]{1,4}$/.test(typed) ? Number(typed) : 0
  if (nodes >= 1 && nodes <= mostNodes) return nodes
  throw invalid(name, typed, `a whole number from 1 to ${mostNodes}`)
}

/** More than any machine that plans has processors. */
const mostThreads = 1024

function threadCount(typed: string, name: string): number {
  const threads = /^[0-9]{1,4}$/.test(typed) ? Number(typed) : 0
  if (threads >= 1 && threads <= mostThreads) return threads
  throw invalid(name, typed, `a whole number from 1 to ${mostThreads}`)
}
