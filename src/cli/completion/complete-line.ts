import { helpFlag, versionFlag } from '../arguments/command-manual.ts'
import type { OptionDeclaration } from '../arguments/option.ts'
import { helpText, longName } from '../arguments/option.ts'
import { optionsOf } from '../arguments/options.ts'
import type { World } from '../machine/world.ts'
import type { Command } from '../output/formats.ts'
import type { Candidate, Completion } from './candidate.ts'
import { plainCandidates } from './candidate.ts'
import { listCompletion } from './list-completion.ts'
import { operandCompletion } from './operand-completion.ts'
import { scenarioOnLine } from './scenario-on-line.ts'
import { settingCompletion, strategiesIn } from './setting-completion.ts'
import type { TypedLine } from './typed-line.ts'
import { typedLine } from './typed-line.ts'

/**
 * What the word at the cursor of a command line may become.
 * @param words those after the program's name, without quotes.
 * @param at the place of the word at the cursor, which ends at the cursor.
 */
export function completeLine(words: readonly string[], at: number, world: World): Completion {
  const line = typedLine(words, at)
  const { typing } = line
  switch (typing.kind) {
    case 'operand':
      return { before: '', ...operandCompletion(line) }
    case 'option':
      return { before: '', candidates: optionCandidates(line, typing.text) }
    case 'value': {
      const completion = valueCompletion(typing.option, typing.text, line, world)
      return { ...completion, before: typing.before + completion.before }
    }
  }
}

function valueCompletion(
  { argument }: OptionDeclaration<unknown>,
  typed: string,
  line: TypedLine,
  world: World,
): Completion {
  const command = commandOf(line)
  switch (argument.kind) {
    case 'none':
    case 'free':
      return { before: '', candidates: [] }
    case 'words':
      return { before: '', candidates: plainCandidates(argument.words(command)) }
    case 'list':
      return listCompletion(argument.words, typed)
    case 'file':
      return { before: '', candidates: [], files: { endings: argument.endings(command) } }
    case 'setting':
      return settingCompletion(typed, scenarioOnLine(line.allOperands, world))
    case 'strategy': {
      const { isReadable, root } = scenarioOnLine(line.allOperands, world)
      return { before: '', candidates: plainCandidates(isReadable ? strategiesIn(root) : []) }
    }
  }
}

/** The options that the command has and the line lacks; short names where only `-` is typed. */
function optionCandidates(line: TypedLine, typed: string): readonly Candidate[] {
  const command = commandOf(line)
  const declared = line.command === 'help' ? [] : optionsOf(command)
  const open = declared.filter((option) => option.isRepeatable || !line.given.has(option))
  const described = [
    ...open.map((option) => [option.flags, helpText(option, command)] as const),
    ...(line.isImplied ? [versionFlag] : []),
    helpFlag,
  ]
  return described.flatMap(([flags, help]) =>
    namesIn(flags, typed === '-').map((text) => ({ text, description: help, isOpen: false })),
  )
}

function namesIn(flags: string, withShort: boolean): readonly string[] {
  const short = /^-[a-zA-Z](?=,)/.exec(flags)?.[0]
  return withShort && short !== undefined ? [short, longName(flags)] : [longName(flags)]
}

function commandOf({ command }: TypedLine): Command {
  return command === 'help' ? 'plan' : command
}
