/** What the program can be asked. */
export const commands = [
  'plan',
  'check',
  'explain',
  'limits',
  'capture',
  'collect',
  'verify',
  'import',
  'postmortem',
  'init',
  'layouts',
  'schema',
  'completion',
] as const
export type Command = (typeof commands)[number]

export type Format = 'table' | 'yaml' | 'json' | 'ndjson' | 'script'

const withoutJson: ReadonlySet<Command> = new Set(['capture', 'collect', 'init', 'completion'])

/**
 * The ends of the names of files in a format, and which commands print it. The usual format of a
 * command is the first that it prints.
 */
const formats: Readonly<
  Record<Format, { readonly endings: readonly string[]; readonly commands: readonly Command[] }>
> = {
  table: {
    endings: ['.txt'],
    commands: ['plan', 'check', 'explain', 'limits', 'verify', 'postmortem', 'layouts'],
  },
  yaml: { endings: ['.yaml', '.yml'], commands: ['plan', 'capture', 'import', 'init'] },
  json: {
    endings: ['.json'],
    commands: commands.filter((command) => !withoutJson.has(command)),
  },
  ndjson: { endings: ['.ndjson'], commands: ['plan', 'check', 'limits', 'verify'] },
  script: { endings: ['.sh'], commands: ['collect'] },
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
  const [ending = ''] = /(?<=[^/\\])\.[^./\\]*$/.exec(path) ?? []
  return formatsOf(command).find((format) => formats[format].endings.includes(ending.toLowerCase()))
}

const allFormats = Object.keys(formats) as readonly Format[]
