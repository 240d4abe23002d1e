import type { Command, Format } from '../output/request.ts'

/** An option by the name that commander gives its value. */
export type OptionName =
  | 'format'
  | 'output'
  | 'set'
  | 'maxRisk'
  | 'minHeadroom'
  | 'maxPageTables'
  | 'maxResidual'
  | 'failOn'
  | 'maxGrowth'
  | 'baseline'
  | 'waivers'
  | 'strategy'
  | 'numaNodes'
  | 'color'
  | 'quiet'
  | 'verbose'

/** What a command is for, which options mean something to it, and how it can answer. */
export interface CommandManual {
  readonly synopsis: string
  readonly operands: string
  readonly options: readonly OptionName[]
  /** The first is the default. */
  readonly formats: readonly Format[]
}

/** The format of an output file, by the end of its name. */
export const formatOfEnding: ReadonlyMap<string, Format> = new Map([
  ['.json', 'json'],
  ['.txt', 'table'],
  ['.yaml', 'yaml'],
  ['.yml', 'yaml'],
])

/** Ends of the names of files that a command can write. */
export function endingsOf(command: Command): readonly string[] {
  const { formats } = manual[command]
  return [...formatOfEnding].filter(([, format]) => formats.includes(format)).map(([end]) => end)
}

/** Options of the commands that judge gates. */
const judging: readonly OptionName[] = [
  'format',
  'output',
  'set',
  'maxRisk',
  'minHeadroom',
  'maxPageTables',
  'failOn',
  'maxGrowth',
  'baseline',
  'waivers',
  'color',
  'quiet',
]

export const manual: Readonly<Record<Command, CommandManual>> = {
  plan: {
    synopsis: 'compare what page tables take under each strategy (the default command)',
    operands: '[files...]',
    options: [...judging, 'numaNodes', 'verbose'],
    formats: ['table', 'json'],
  },
  check: {
    synopsis: 'judge the gates and print a verdict for each scenario; default gate: risk tight',
    operands: '[files...]',
    options: judging,
    formats: ['table', 'json'],
  },
  explain: {
    synopsis:
      'show the formula behind every number, or behind those whose path holds a text; or what a finding means',
    operands: '[files...]',
    options: ['format', 'output', 'set', 'numaNodes', 'strategy', 'color', 'quiet'],
    formats: ['table', 'json'],
  },
  limits: {
    synopsis: 'find how many processes, or how little memory, each strategy can stand',
    operands: '[files...]',
    options: ['format', 'output', 'set', 'strategy', 'color', 'quiet'],
    formats: ['table', 'json'],
  },
  capture: {
    synopsis:
      'write a scenario of this machine, or of a copy of its /proc, and the processes on it',
    operands: '',
    options: ['output', 'quiet'],
    formats: ['yaml'],
  },
  verify: {
    synopsis: 'compare the page tables that were measured with those that are predicted',
    operands: '[files...]',
    options: ['format', 'output', 'set', 'maxResidual', 'color', 'quiet'],
    formats: ['table', 'json'],
  },
  import: {
    synopsis:
      'make a scenario of the configuration of a database: postgresql.conf, init.ora, my.cnf',
    operands: '[file]',
    options: ['format', 'output', 'color', 'quiet'],
    formats: ['yaml', 'json'],
  },
  layouts: {
    synopsis: 'list the page-table layouts that can be planned',
    operands: '',
    options: ['format', 'output', 'color', 'quiet'],
    formats: ['table', 'json'],
  },
  schema: {
    synopsis: 'print the JSON Schema of scenario files',
    operands: '',
    options: ['format', 'output', 'quiet'],
    formats: ['json'],
  },
}

export const afterHelp: string = `
FILE is a scenario (YAML or JSON), a directory (its *.yaml, *.yml and *.json,
without hidden ones and *.schema.json), a quoted pattern, or - for standard
input. Several are planned in one run and printed worst first. With -o FILE
nothing is printed unless --format or -o - asks for it; files are written only
if every scenario was answered.

Examples:
  mshare-plan server.yaml
  mshare-plan server.yaml --set groups.clients.processes=3000
  mshare-plan scenarios/ --format json
  mshare-plan check scenarios/ --min-headroom 10%
  mshare-plan explain server.yaml --strategy mshare onceBytes
  mshare-plan explain MSP012
  mshare-plan limits server.yaml
  mshare-plan capture --name postgres -o server.yaml
  mshare-plan verify captured.yaml --max-residual 2%
  mshare-plan verify --live --name postgres
  mshare-plan import postgresql.conf --memory 512GB -o server.yaml

Exit status:
  0   answered, every gate holds
  1   answered, a gate does not hold
  2   the scenario or the command line is invalid: nothing was judged
  3   a file could not be read or written
  70  a bug in mshare-plan`
