import {
  environment,
  examples,
  exitStatuses,
  fileForms,
  helpCommand,
  helpFlag,
  manual,
  outputRules,
  packageFiles,
  purpose,
  versionFlag,
} from '../../../src/cli/arguments/command-manual.ts'
import type { OptionDeclaration } from '../../../src/cli/arguments/option.ts'
import { helpText } from '../../../src/cli/arguments/option.ts'
import { options } from '../../../src/cli/arguments/options.ts'
import { commands } from '../../../src/cli/output/formats.ts'
import { tool } from '../../../src/plan/result/tool.ts'
import { bold, code, filled, prose, usage } from './roff.ts'

/** The manual page, from the declarations and words that `--help` is made of. It has no date: it is that of its version. */
export function manualPage(): string {
  return [
    '.\\" Made of the declarations in src/cli/arguments/ by npm run update; do not edit.',
    `.TH ${code(tool.name.toUpperCase())} 1 "" "${code(tool.name)} ${tool.version}" "User Commands"`,
    // Neither hyphens nor wide blanks in what users copy.
    '.nh',
    '.ad l',
    ...section(
      'NAME',
      filled(`${code(tool.name)} \\- ${prose(lowered(purpose).replace(/[.]$/, ''))}`),
    ),
    ...section('SYNOPSIS', synopsis()),
    ...section('DESCRIPTION', [
      ...filled(prose(purpose)),
      '.PP',
      '.I FILE',
      'is one of:',
      ...fileForms.flatMap((form) => ['.IP \\(bu 2', ...filled(prose(form))]),
      '.PP',
      ...outputRules.flatMap((rule) => filled(prose(rule))),
    ]),
    ...section('COMMANDS', commandEntries()),
    ...section('OPTIONS', [
      'Options may be written before the command, behind it, or between the files.',
      ...optionEntries(),
    ]),
    ...section('EXIT STATUS', entries(exitStatuses)),
    ...section('ENVIRONMENT', entries(environment)),
    ...section('FILES', ['In the directory of the package:', ...entries(packageFiles)]),
    ...section('EXAMPLES', [
      '.nf',
      ...examples.map((words) => code(`${tool.name} ${words}`)),
      '.fi',
    ]),
    ...section('SEE ALSO', ['.BR proc (5),', '.BR mmap (2),', '.BR sysctl (8)']),
    '',
  ].join('\n')
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return [`.SH ${title}`, ...lines]
}

function synopsis(): readonly string[] {
  const lines = commands.map((command) => {
    const name = command === 'plan' ? `[${bold(command)}]` : bold(command)
    return `${bold(tool.name)} ${name} ${usage(manual[command].usage)}`
  })
  return lines.flatMap((line, index) => (index === 0 ? [line] : ['.br', line]))
}

function commandEntries(): readonly string[] {
  const [name = '', argument = ''] = helpCommand[0].split(' ')
  return [
    ...commands.flatMap((command) => [
      '.TP',
      `${bold(command)} ${usage(manual[command].usage)}`,
      ...sentence(manual[command].synopsis),
      ...(manual[command].notes ?? []).flatMap((note) => ['.br', ...filled(prose(note))]),
    ]),
    '.TP',
    `${bold(name)} ${code(argument)}`,
    ...sentence(helpCommand[1]),
  ]
}

function optionEntries(): readonly string[] {
  return [
    ...Object.values(options).flatMap((option) => [
      '.TP',
      usage(option.flags),
      ...descriptionOf(option),
    ]),
    ...[versionFlag, helpFlag].flatMap(([flags, text]) => ['.TP', usage(flags), ...sentence(text)]),
  ]
}

/** What an option does, once for all commands of which help says the same. */
function descriptionOf(option: OptionDeclaration<unknown>): readonly string[] {
  const texts = new Set(option.commands.map((command) => helpText(option, command)))
  return [...texts].flatMap((text, index) => {
    const taking = option.commands.filter((command) => helpText(option, command) === text)
    return [
      ...(index === 0 ? [] : ['.br']),
      ...sentence(text),
      '.br',
      ...filled(`Commands: ${taking.map(bold).join(', ')}.`),
    ]
  })
}

function entries(texts: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(texts).flatMap(([name, text]) => ['.TP', bold(name), ...sentence(text)])
}

/** Words of the help as a sentence. */
function sentence(text: string): readonly string[] {
  return filled(prose(`${text.replace(/^[a-z]/, (letter) => letter.toUpperCase())}.`))
}

function lowered(text: string): string {
  return text.replace(/^[A-Z]/, (letter) => letter.toLowerCase())
}
