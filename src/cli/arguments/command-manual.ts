import { templateNames } from '../../importers/templates/template.ts'
import type { Environment } from '../machine/world.ts'
import type { Command } from '../output/formats.ts'
import type { Status } from '../output/status.ts'
import { shells } from './shells.ts'

/** What a command is for, and how many files it takes. */
export interface CommandManual {
  readonly synopsis: string
  /** How many operands it takes; `many` is one at least. */
  readonly operands: 'none' | 'one' | 'two' | 'many' | 'any'
  readonly usage: string
  /** What the help of the command adds to its options. */
  readonly notes?: readonly string[]
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
    synopsis:
      'explain a term of the tables, a finding, or the numbers of FILE; alone, list all terms and findings',
    operands: 'any',
    usage: '[options] [TERM... | FINDING... | FILE... [TEXT...]]',
    notes: [
      'TERM is a word of the screen or of a table, such as headroom or "safe to".',
      'FINDING is an id, such as MSP012.',
      'TEXT selects the numbers of FILE whose path contains it; a TERM selects those of that term.',
      'If a file has the name of a term, the file is explained.',
    ],
  },
  limits: {
    synopsis: 'find the most processes and the least memory that each strategy allows',
    operands: 'many',
    usage: '[options] FILE... [TEXT...]',
  },
  sweep: {
    synopsis: 'plan a scenario at each value of a range or a list, or at each pair of values',
    operands: 'one',
    usage: '[options] FILE --vary PATH=VALUES [--vary PATH=VALUES]',
    notes: [
      'VALUES is a range with a step, 100..3000:100 or 64GB..1TB:x2, or a list, a,b,c.',
      'Sizes, percentages and counts are in ranges; lists take any value that the key can have.',
      'Where the risk changes, the exact value is found between two steps.',
      'Metrics are paths of the JSON result, such as pageTables.bytes; explain FILE lists them.',
    ],
  },
  diff: {
    synopsis: 'say what changed between two scenarios or saved results, and what that does',
    operands: 'two',
    usage: '[options] OLD NEW',
    notes: [
      'OLD and NEW are scenarios, or results that --format json saved; pipes are read once.',
      'In a repository: mshare-plan diff <(git show HEAD:server.yaml) server.yaml.',
      'The exit status is 0, or 1 if a gate of NEW fails.',
    ],
  },
  timeline: {
    synopsis: 'plan a scenario after each step of its timeline, and find the peak',
    operands: 'one',
    usage: '[options] FILE',
    notes: [
      'The key timeline of FILE lists the steps: start, stop, crash, fork, touch, unmap and others.',
    ],
  },
  capture: {
    synopsis: 'write a scenario of this machine, of a copy of its /proc, or of pasted outputs',
    operands: 'any',
    usage: '[options] [FILE...]',
    notes: [
      'FILE has outputs of commands, one or several: /proc/meminfo, ps auxww, ipcs -m, free.',
      'mshare-plan capture - reads them from standard input.',
    ],
  },
  collect: {
    synopsis: 'print a shell script that collects what capture reads, for a server without Node',
    operands: 'none',
    usage: '[options]',
    notes: [
      'On the server: sh collect.sh -o db1.tar.gz. It takes the options above, too; --help lists all.',
      'Then: mshare-plan capture --root db1.tar.gz -o db1.yaml.',
      'Environments are never read. By default no argument is kept that capture does not need.',
    ],
  },
  verify: {
    synopsis: 'compare measured page tables with predicted ones',
    operands: 'many',
    usage: '[options] FILE... | [FILE...] --live | [FILE...] --root PATH',
  },
  import: {
    synopsis: 'write a scenario from a database configuration or an out-of-memory report (dmesg)',
    operands: 'one',
    usage: '[options] FILE [--memory SIZE]',
  },
  postmortem: {
    synopsis: 'say what took the memory, from an out-of-memory report of the kernel',
    operands: 'one',
    usage: '[options] LOG',
    notes: [
      'LOG is a kernel log (dmesg, journalctl -k, /var/log/messages), or a scenario that import made of one.',
      'With several reports the worst is read; --report N reads another.',
    ],
  },
  report: {
    synopsis: 'write a page for a browser: pictures, what to do, and values to try out',
    operands: 'any',
    usage: '[options] [FILE...]',
    notes: [
      'The page is one file that loads nothing. plan FILE -o report.html writes the same.',
      'Without FILE it has an example to try out.',
    ],
  },
  init: {
    synopsis: 'write a commented scenario from a template and the numbers that you know',
    operands: 'any',
    usage: `[options] [${templateNames.join('|')}]`,
  },
  layouts: {
    synopsis: 'list the page-table layouts',
    operands: 'none',
    usage: '[options]',
  },
  schema: {
    synopsis: 'print the JSON Schema of scenarios or of results',
    operands: 'none',
    usage: '[options]',
  },
  completion: {
    synopsis: `print the script that completes command lines in a shell (${shells.join(', ')})`,
    operands: 'one',
    usage: 'SHELL',
    notes: [
      'bash: source <(mshare-plan completion bash), in ~/.bashrc',
      'zsh: mshare-plan completion zsh > ~/.zfunc/_mshare-plan, where ~/.zfunc is in fpath',
      'fish: mshare-plan completion fish > ~/.config/fish/completions/mshare-plan.fish',
    ],
  },
}

/** Options and a command that are always there, with what help says of them. */
export const versionFlag = ['-V, --version', 'show the version'] as const
export const helpFlag = ['-h, --help', 'show this help'] as const
export const helpCommand = ['help [command]', 'show the help of a command'] as const

/** What is written under the name of the program. */
export const purpose =
  'Plans the memory that page tables need on a Linux host, and what sharing saves.'

/** What FILE can be. */
export const fileForms: readonly string[] = [
  'a scenario in YAML or JSON',
  'a directory: its *.yaml, *.yml and *.json, except hidden files and *.schema.json',
  "a quoted pattern, such as 'hosts/*.yaml'",
  '- for standard input',
]

/** Which results are printed and which files are written. */
export const outputRules: readonly string[] = [
  'Several scenarios are printed worst first.',
  'With --output FILE the result is printed only if --format or --output - asks for it.',
  'Output files are written only if every scenario has a result.',
  'A FILE of plan that ends in .yaml is the scenario with the values of --set.',
]

/** Words behind the name of the program. */
export const examples: readonly string[] = [
  'server.yaml',
  'server.yaml --set groups.clients.processes=3000',
  'scenarios/ --format json',
  'check scenarios/ --min-headroom 10%',
  'explain headroom',
  'explain MSP012',
  'explain server.yaml --strategy mshare onceBytes',
  'limits server.yaml',
  'sweep server.yaml --vary host.memory=64GB..1TB:x2',
  'diff old.yaml new.yaml --format markdown',
  'timeline server.yaml',
  'capture --name postgres -o server.yaml',
  'collect --name postgres -o collect.sh',
  'verify captured.yaml --max-residual 2%',
  'verify --live --name postgres',
  'verify forecast.yaml --live --strategy hugetlb-2m',
  'import postgresql.conf --memory 512GB -o server.yaml',
  'postmortem dmesg.txt',
  'report server.yaml -o report.html',
  'init oracle --memory 512GB --shared 300GB --processes 1500',
]

export const exitStatuses: Readonly<Record<Status, string>> = {
  0: 'answered, every gate holds',
  1: 'answered, a gate does not hold (0 with --exit-zero)',
  2: 'the scenario or the command line is invalid',
  3: 'a file could not be read or written',
  70: 'a bug in mshare-plan',
}

/** Variables that the program looks at; only the manual page has room for them. */
export const environment: Readonly<Record<keyof Environment, string>> = {
  NO_COLOR: 'if set, no colour; --color outranks it',
  FORCE_COLOR: 'if set, colour also where the output is no terminal; with 0 or false, no colour',
  TERM: 'with dumb, no colour',
  COLUMNS: 'width of tables where the output is no terminal; default: 80',
  LC_ALL: 'with UTF-8, tables and pictures may use signs beyond ASCII',
  LC_CTYPE: 'as LC_ALL, if that is not set',
  LANG: 'as LC_CTYPE, if that is not set',
  GITHUB_ACTIONS:
    'if true, plan and check print annotations behind the table, unless a format is asked for',
  HOME: 'directory that ~/ means when a command line is completed',
}

/** Files of the package that users read. */
export const packageFiles: Readonly<Record<string, string>> = {
  'scenarios/': 'scenarios to copy; each opens with the question that it answers',
  'scenarios/scenario.schema.json': 'JSON Schema of scenarios, for editors',
  'docs/findings/': 'a page for each finding, which explain prints',
  'docs/result.schema.json': 'JSON Schema of results',
}

/** What the help of a command adds to its options, in lines of at most 80 columns. */
export function notesOf(command: Command): string {
  const { notes = [] } = manual[command]
  return notes.length === 0 ? '' : ['', ...notes.flatMap((note) => wrapped(note))].join('\n')
}

/** What help adds to the options and commands, in lines of at most 80 columns. */
export const afterHelp: string = [
  '',
  'The options above are those of plan. Other commands have others:',
  'mshare-plan COMMAND --help',
  '',
  'FILE is one of:',
  ...fileForms.flatMap((form) => wrapped(form, '  ')),
  ...wrapped(outputRules.join(' ')),
  '',
  'Examples:',
  ...examples.map((words) => `  mshare-plan ${words}`),
  '',
  'Exit status:',
  ...Object.entries(exitStatuses).map(([code, text]) => `  ${code.padEnd(4)}${text}`),
].join('\n')

/** Lines of at most 80 columns; those after the first are indented by two more. */
function wrapped(text: string, indent = ''): readonly string[] {
  const lines: string[] = []
  let line = indent
  for (const word of text.split(' ')) {
    const longer = line.trim() === '' ? line + word : `${line} ${word}`
    if (longer.length <= 80) line = longer
    else {
      lines.push(line)
      line = indent === '' ? word : `${indent}  ${word}`
    }
  }
  return [...lines, line]
}
