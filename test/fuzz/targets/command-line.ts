import { longName } from '../../../src/cli/arguments/option.ts'
import { options } from '../../../src/cli/arguments/options.ts'
import type { Command } from '../../../src/cli/output/formats.ts'
import { commands } from '../../../src/cli/output/formats.ts'
import type { Choices } from '../choices.ts'
import { damagedText } from '../damage.ts'
import { hostileText } from '../hostile.ts'
import type { Target } from './target.ts'

const scenario = `version: 1
host: { memory: 8 GiB }
regions: { sga: { size: 1 GiB } }
groups: { clients: { processes: 10, private: 4 MiB, maps: [{ region: sga }] } }
strategies: [as-described]
measured: { pageTables: 30 MiB }
`
const files = {
  'a.yaml': scenario,
  'b.json': JSON.stringify({
    version: 1,
    host: { memory: '1 GiB' },
    groups: { g: { processes: 1 } },
  }),
  'folder/c.yaml': scenario,
  'wrong.yaml': 'version: 1\nhots: {}\n',
  'postgresql.conf': 'shared_buffers = 1GB\nmax_connections = 50\n',
  'host/proc/meminfo': 'MemTotal: 100000 kB\nPageTables: 2000 kB\n',
}
const operands = [
  ...Object.keys(files),
  'folder',
  'host',
  '*.yaml',
  '-',
  'nowhere',
  'sga',
  'clients',
  'as-described',
  'MSP012',
  'hugetlb',
  'memory',
  'bash',
  'zsh',
  'fish',
  'postgresql',
  'blank',
  'pte',
]
const paths = [
  'groups.clients.processes',
  'host.memory',
  'regions.sga.size',
  'gates.risk',
  'groups.clients.maps[0].touched',
  'strategies',
  'name',
  'groups["clients"].private',
  'mshare.revision',
]
/** Limits take hundreds of plans: they are asked less often. */
const quick = commands.filter((command) => command !== 'limits')
const declarations = Object.values(options)

/** Command lines: words of the program with its arguments, in any order, and words that it never had. */
export const commandLine: Target = {
  share: 6,
  draw: (choices) => {
    const words = drawWords(choices)
    const argv = choices.oneIn(6)
      ? words.map((word) => (choices.oneIn(4) ? damagedText(word, choices, operands) : word))
      : words
    return {
      argv,
      files,
      stdin: choices.oneIn(2) ? scenario : '',
      ...(choices.oneIn(10) ? { columns: 1 + choices.below(200) } : {}),
    }
  },
}

function drawWords(choices: Choices): readonly string[] {
  const command = choices.pick(choices.oneIn(40) ? commands : quick)
  if (choices.oneIn(25))
    return [
      '__complete',
      choices.pick(['bash', 'zsh', 'fish', 'x']),
      ...choices.some(5, () => wordOf(command, choices)),
    ]
  const named = choices.oneIn(6) ? [] : [command]
  const fitting = choices.oneIn(3) ? [] : [fittingOperand(command)]
  const rest = choices.some(6, () =>
    choices.oneIn(3) ? [wordOf(command, choices)] : optionFor(command, choices),
  )
  const words = [...named, ...fitting, ...rest.flat()]
  return choices.oneIn(8) ? words.toSorted(() => choices.below(3) - 1) : words
}

function fittingOperand(command: Command): string {
  if (command === 'import') return 'postgresql.conf'
  if (command === 'completion') return 'bash'
  return command === 'init' ? 'postgresql' : 'a.yaml'
}

function wordOf(command: Command, choices: Choices): string {
  if (choices.oneIn(3)) return hostileText(choices)
  return choices.oneIn(3)
    ? longName(choices.pick(declarations).flags)
    : choices.pick([...operands, command, '--help', '--version', '-h', '-V', '--', '-'])
}

function optionFor(command: Command, choices: Choices): readonly string[] {
  const own = declarations.filter((each) => each.commands.includes(command))
  const option = choices.pick(choices.oneIn(5) || own.length === 0 ? declarations : own)
  const [short] = /(?<=^)-[a-z](?=,)/.exec(option.flags) ?? []
  const name = short !== undefined && choices.oneIn(2) ? short : longName(option.flags)
  if (option.argument.kind === 'none') return [name]
  const value = argumentOf(option.argument, command, choices)
  return choices.oneIn(3) ? [`${name}=${value}`] : [name, value]
}

function argumentOf(
  argument: (typeof declarations)[number]['argument'],
  command: Command,
  choices: Choices,
): string {
  if (choices.oneIn(8)) return hostileText(choices)
  switch (argument.kind) {
    case 'none':
      return ''
    case 'words':
      return choices.pick([...argument.words(command), 'x'])
    case 'list':
      return choices.some(4, () => choices.pick(argument.words)).join()
    case 'file':
      return choices.pick([...operands, `out${choices.pick([...argument.endings(command), '.x'])}`])
    case 'setting':
      return `${choices.pick(paths)}=${choices.pick(['1', '2 GiB', '+3%', 'all', '[1]', '{ first: 1% }', hostileText(choices)])}`
    case 'strategy':
      return choices.pick(['as-described', 'hugetlb-2m', 'mshare', 'x'])
    case 'free':
      return choices.pick([
        '1',
        '10',
        '5%',
        '8GiB',
        '100GB',
        '40%',
        '18',
        'x',
        hostileText(choices),
      ])
  }
}
