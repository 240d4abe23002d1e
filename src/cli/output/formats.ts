/** What the program can be asked. */
export const commands = [
  'plan',
  'check',
  'explain',
  'limits',
  'sweep',
  'diff',
  'timeline',
  'capture',
  'collect',
  'verify',
  'import',
  'postmortem',
  'report',
  'init',
  'layouts',
  'schema',
  'completion',
] as const
export type Command = (typeof commands)[number]

export type Format =
  | 'table'
  | 'yaml'
  | 'json'
  | 'ndjson'
  | 'csv'
  | 'csv-long'
  | 'markdown'
  | 'junit'
  | 'sarif'
  | 'github'
  | 'openmetrics'
  | 'html'
  | 'script'

const withoutJson: ReadonlySet<Command> = new Set([
  ...(['capture', 'collect', 'report', 'init', 'completion'] as const),
])

/**
 * The ends of the names of files in a format, and which commands print it. The usual format of a
 * command is the first that it prints.
 */
const formats: Readonly<
  Record<Format, { readonly endings: readonly string[]; readonly commands: readonly Command[] }>
> = {
  table: {
    endings: ['.txt'],
    commands: [
      ...(['plan', 'check', 'explain', 'limits', 'sweep', 'diff', 'timeline'] as const),
      ...(['verify', 'postmortem', 'layouts'] as const),
    ],
  },
  yaml: { endings: ['.yaml', '.yml'], commands: ['plan', 'capture', 'import', 'init'] },
  json: {
    endings: ['.json'],
    commands: commands.filter((command) => !withoutJson.has(command)),
  },
  ndjson: { endings: ['.ndjson'], commands: ['plan', 'check', 'limits', 'sweep', 'verify'] },
  csv: { endings: ['.csv'], commands: ['plan', 'check', 'sweep', 'timeline'] },
  'csv-long': { endings: ['.long.csv'], commands: ['plan', 'check'] },
  markdown: { endings: ['.md'], commands: ['plan', 'check', 'diff', 'timeline'] },
  junit: { endings: ['.xml'], commands: ['plan', 'check'] },
  sarif: { endings: ['.sarif', '.sarif.json'], commands: ['plan', 'check'] },
  github: { endings: [], commands: ['plan', 'check'] },
  openmetrics: { endings: ['.prom'], commands: ['plan', 'check'] },
  html: { endings: ['.html', '.htm'], commands: ['plan', 'sweep', 'diff', 'report'] },
  script: { endings: ['.sh'], commands: ['collect'] },
}

/** Formats that are made of all results at once, and whether they show places in the scenario. */
const made: Readonly<Partial<Record<Format, 'places' | 'results'>>> = {
  csv: 'results',
  'csv-long': 'results',
  markdown: 'results',
  junit: 'places',
  sarif: 'places',
  github: 'places',
  openmetrics: 'results',
}

/** What a format needs of all results; `undefined` where it is made of each by itself. */
export function ofAll(format: Format): 'places' | 'results' | undefined {
  return made[format]
}

/** The formats that a command prints, its usual one first. */
export function formatsOf(command: Command): readonly Format[] {
  return allFormats.filter((format) => formats[format].commands.includes(command))
}

/** The ends of the names of files that a command writes. */
export function endingsOf(command: Command): readonly string[] {
  return formatsOf(command).flatMap((format) => formats[format].endings)
}

/** The format of a file by the end of its name; `undefined` where the command does not write it. */
export function formatOfFile(path: string, command: Command): Format | undefined {
  const known = formatsOf(command).flatMap((format) =>
    formats[format].endings.map((ending) => ({ format, ending })),
  )
  const [, name = ''] = /([^/\\]*)$/.exec(path.toLowerCase()) ?? []
  // The longest counts: `.long.csv` ends in `.csv` too.
  const [first] = known
    .filter(({ ending }) => name.length > ending.length && name.endsWith(ending))
    .sort((one, other) => other.ending.length - one.ending.length)
  return first?.format
}

const allFormats = Object.keys(formats) as readonly Format[]
