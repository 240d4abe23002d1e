import type { Command } from '../output/formats.ts'

/** What a command is for, and how many files it takes. */
export interface CommandManual {
  readonly synopsis: string
  /** How many operands it takes. */
  readonly operands: 'none' | 'one' | 'many'
  readonly usage: string
}

export const manual: Readonly<Record<Command, CommandManual>> = {
  plan: {
    synopsis: 'compare page tables and headroom of every strategy (the default command)',
    operands: 'many',
    usage: '[options] FILE...',
  },
  check: {
    synopsis: 'judge the gates, one line for each; default gate: risk tight',
    operands: 'many',
    usage: '[options] FILE...',
  },
  explain: {
    synopsis: 'show the formula of each number whose path contains TEXT, or describe a finding',
    operands: 'many',
    usage: '[options] FILE... [TEXT...] | FINDING',
  },
  limits: {
    synopsis: 'find the most processes and the least memory that each strategy allows',
    operands: 'many',
    usage: '[options] FILE... [TEXT...]',
  },
  capture: {
    synopsis: 'write a scenario of this machine, or of a copy of its /proc',
    operands: 'none',
    usage: '[options]',
  },
  verify: {
    synopsis: 'compare measured page tables with predicted ones',
    operands: 'many',
    usage: '[options] FILE... | --live | --root PATH',
  },
  import: {
    synopsis: 'write a scenario from a database configuration (postgresql.conf, init.ora, my.cnf)',
    operands: 'one',
    usage: '[options] FILE --memory SIZE',
  },
  layouts: {
    synopsis: 'list the page-table layouts',
    operands: 'none',
    usage: '[options]',
  },
  schema: {
    synopsis: 'print the JSON Schema of scenario files',
    operands: 'none',
    usage: '[options]',
  },
}

export const afterHelp: string = `
The options above are those of plan. Other commands have others:
mshare-plan COMMAND --help

FILE is one of:
  a scenario in YAML or JSON
  a directory: its *.yaml, *.yml and *.json, except hidden files and
    *.schema.json
  a quoted pattern, such as 'hosts/*.yaml'
  - for standard input
Several scenarios are printed worst first. With --output FILE the result is
printed only if --format or --output - asks for it. Output files are written
only if every scenario has a result.

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
  1   answered, a gate does not hold (0 with --exit-zero)
  2   the scenario or the command line is invalid
  3   a file could not be read or written
  70  a bug in mshare-plan`
