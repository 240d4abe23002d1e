import { readShellCommand } from '../../transcript/shell-words.ts'
import { answerTo } from '../shipped.ts'
import { expanded } from '../shown-commands.ts'
import type { Theme } from './palettes.ts'
import { palettes, themes } from './palettes.ts'
import { pictureOf } from './picture.ts'

/** A command whose output is kept as pictures. */
export interface Screen {
  /** Begins the names of its pictures. */
  readonly name: string
  readonly heading: string
  /** What to see in it. */
  readonly text: string
  /** As typed, with variables in front. */
  readonly command: string
  readonly widths: readonly number[]
}

export const screens: readonly Screen[] = [
  {
    name: 'oracle',
    heading: 'Out of memory',
    text: 'Page tables of an Oracle server do not fit. A wider terminal breaks fewer lines.',
    command: 'npx mshare-plan scenarios/oracle-sga-300g.yaml',
    widths: [80, 100, 140],
  },
  {
    name: 'plain',
    heading: 'Without colour',
    text: 'Colour only repeats the words: nothing is lost with `NO_COLOR=1`, `--color never` or a pipe.',
    command: 'NO_COLOR=1 npx mshare-plan scenarios/oracle-sga-300g.yaml',
    widths: [80],
  },
  {
    name: 'ascii',
    heading: 'ASCII',
    text: 'Without a UTF-8 locale, all signs are ASCII.',
    command: 'LANG=C npx mshare-plan scenarios/postgresql-400-backends.yaml',
    widths: [80],
  },
  {
    name: 'cgroup',
    heading: 'Out of memory in a cgroup',
    text: 'The host has room and one tenant does not: page tables count against the limit of its cgroup.',
    command: 'npx mshare-plan scenarios/multi-tenant.yaml',
    widths: [80],
  },
  {
    name: 'no-start',
    heading: 'Cannot start',
    text: 'The pool of huge pages is too small for the SGA.',
    command:
      "npx mshare-plan scenarios/oracle-sga-300g-huge-pages.yaml --set 'host.hugepages.2 MiB=100000'",
    widths: [100],
  },
  {
    name: 'fleet',
    heading: 'Many servers',
    text: 'Several scenarios in one table, worst first.',
    command: 'npx mshare-plan scenarios/*.yaml',
    widths: [80, 100],
  },
  {
    name: 'check',
    heading: 'Gates',
    text: 'One line for each gate, as a pipeline prints them.',
    command: 'npx mshare-plan check scenarios/*.yaml --max-page-tables 25%',
    widths: [100],
  },
  {
    name: 'limits',
    heading: 'Limits',
    text: 'How far a server can grow, under each strategy.',
    command: 'npx mshare-plan limits scenarios/oracle-sga-300g.yaml',
    widths: [80],
  },
  {
    name: 'postmortem',
    heading: 'After an out-of-memory',
    text: 'A report of the kernel, of Linux 6.18: page tables filled the memory of a cgroup.',
    command: 'npx mshare-plan postmortem scenarios/out-of-memory.log',
    widths: [80],
  },
]

/** The output of a screen at one width, in colour where the command does not forbid it. */
export async function outputOf({ command }: Screen, columns: number): Promise<string> {
  const { env, words } = readShellCommand(command)
  const [, , ...argv] = words
  const { stdout } = await answerTo(
    argv.flatMap(expanded),
    {},
    {
      env: { LANG: 'C.UTF-8', ...env },
      terminal: { columns },
    },
  )
  return stdout
}

export function fileOf({ name }: Screen, columns: number, theme: Theme): string {
  return `${name}-${columns}-${theme}.svg`
}

/** Every picture of a screen, by the name of its file. */
export async function picturesOf(screen: Screen): Promise<Readonly<Record<string, string>>> {
  const pictures: Record<string, string> = {}
  for (const columns of screen.widths) {
    const output = `$ ${screen.command}\n${await outputOf(screen, columns)}`
    for (const theme of themes) {
      pictures[fileOf(screen, columns, theme)] = pictureOf({
        title: `${screen.heading}: ${screen.command}`,
        description: `${screen.text} A terminal of ${columns} columns, ${theme}.`,
        output,
        columns,
        palette: palettes[theme],
      })
    }
  }
  return pictures
}

/** The page that shows them all. */
export function pageOf(all: readonly Screen[]): string {
  return [intro, ...all.map(section)].join('\n')
}

const intro = `# Screens

The output of the program as a terminal shows it, at several widths. Each picture has a dark and a light form; this page shows the
one that fits your theme. \`npm run update\` draws them from the real output. [Reading the screen](../guide/reading-the-screen.md)
explains the words.
`

function section(screen: Screen): string {
  const pictures = screen.widths.map((columns) => {
    const file = (theme: Theme) => fileOf(screen, columns, theme)
    return `
<picture>
  <source media="(prefers-color-scheme: dark)" srcset="${file('dark')}">
  <img alt="${screen.heading}, ${columns} columns" src="${file('light')}">
</picture>
`
  })
  const heading = `## ${screen.heading}\n\n${screen.text}\n\n\`\`\`sh\n${screen.command}\n\`\`\`\n`
  return heading + pictures.join('')
}
