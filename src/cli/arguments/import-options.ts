import { importKinds } from '../../importers/databases.ts'
import type { GivenOptions, ImportOptions } from '../../importers/importer.ts'
import { bytes } from '../../units/quantity.ts'
import { parseSize } from '../../units/size.ts'
import type { Command } from '../output/formats.ts'
import type { OptionDeclaration } from './option.ts'
import { choice, invalid, single, UsageError } from './option.ts'

/** What `import` is told that the files of the database do not say. */
export interface ImportRequest extends GivenOptions {
  /** Of which kind the file is; absent: what it looks like. */
  readonly kind?: string
  /** The folder that is the root directory of the server; absent: what the path says. */
  readonly root?: string
}

/** As named on the command line. `--root` is an option of `capture` too. */
export interface ImportFlags
  extends Partial<Omit<ImportOptions, 'data'>>,
    Pick<ImportRequest, 'kind'> {
  readonly dataSize?: NonNullable<ImportOptions['data']>
}

const importing: readonly Command[] = ['import']
const makingScenarios: readonly Command[] = ['import', 'init']
const readingLogs: readonly Command[] = ['import', 'postmortem']

export const importOptions: {
  readonly [Name in keyof ImportFlags]-?: OptionDeclaration<NonNullable<ImportFlags[Name]>>
} = {
  memory: single({
    flags: '--memory SIZE',
    help: (command) =>
      `plan for SIZE of memory, such as 512GB${command === 'import' ? '; required unless FILE states it' : ''}`,
    commands: [...makingScenarios, 'postmortem'],
    read: asTyped,
  }),
  swap: single({
    flags: '--swap SIZE',
    help: 'plan for SIZE of swap, such as 16GB',
    commands: makingScenarios,
    read: asTyped,
  }),
  connections: single({
    flags: '--connections N',
    help: 'plan for N client connections',
    commands: importing,
    read: wholeNumber,
  }),
  touched: single({
    flags: '--touched SHARE',
    help: 'plan for processes that touch SHARE of the shared memory, such as 40%',
    commands: makingScenarios,
    read: asTyped,
  }),
  dataSize: single({
    flags: '--data-size SIZE',
    help: 'plan for SIZE of data in all databases, if the buffers are larger (PostgreSQL)',
    commands: importing,
    read: dataSize,
  }),
  kind: choice({
    flags: '--kind KIND',
    help: 'read FILE as KIND, if neither its name nor its contents say what it is',
    commands: importing,
    words: importKinds,
  }),
  report: single({
    flags: '--report N',
    help: 'read report N of a log with several out-of-memory reports; default: the worst',
    commands: readingLogs,
    read: wholeNumber,
  }),
  instances: single({
    flags: '--instances N',
    help: 'plan for N instances of the server on this host; default: 1',
    commands: importing,
    read: wholeNumber,
  }),
  release: single({
    flags: '--release NUMBER',
    help: 'read the files of release NUMBER, such as 18, if they do not name it',
    commands: importing,
    read: release,
  }),
}

/** @throws UsageError where two options exclude each other. */
export function importRequestOf(options: ImportFlags & { readonly root?: string }): ImportRequest {
  const {
    memory,
    swap,
    connections,
    touched,
    dataSize: data,
    release: version,
    instances,
    kind,
    report,
    root,
  } = options
  if (touched !== undefined && data !== undefined) {
    throw new UsageError('--touched and --data-size exclude each other; remove one of them')
  }
  return {
    ...(memory === undefined ? {} : { memory }),
    ...(swap === undefined ? {} : { swap }),
    ...(connections === undefined ? {} : { connections }),
    ...(touched === undefined ? {} : { touched }),
    ...(data === undefined ? {} : { data }),
    ...(version === undefined ? {} : { release: version }),
    ...(instances === undefined ? {} : { instances }),
    ...(kind === undefined ? {} : { kind }),
    ...(report === undefined ? {} : { report }),
    ...(root === undefined ? {} : { root }),
  }
}

/** Sizes and shares are read where the scenario is, so that all mistakes are shown at once. */
export function asTyped(typed: string): string {
  return typed
}

/** A number of processes, connections or reports. */
export function wholeNumber(typed: string, name: string): number {
  if (/^[1-9]\d{0,6}$/.test(typed)) return Number(typed)
  throw invalid(name, typed, 'a whole number from 1 to 9999999')
}

function dataSize(typed: string, name: string): NonNullable<ImportOptions['data']> {
  const size = parseSize(typed, bytes(4096))
  if (size.ok && size.bytes > 0) return { text: typed, bytes: size.bytes }
  throw invalid(name, typed, 'a size with a unit, such as 747MB')
}

function release(typed: string, name: string): string {
  if (/^\d{1,3}(?:[.]\d{1,3})*$/.test(typed)) return typed
  throw invalid(name, typed, 'a release, such as 18 or 19.3')
}
