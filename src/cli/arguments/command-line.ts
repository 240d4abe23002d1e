import type { Help } from 'commander'
import { CommanderError, Option, Command as Program } from 'commander'
import { tool } from '../../plan/result/tool.ts'
import { nearest } from '../../scenario/yaml/suggest.ts'
import { printable } from '../../units/printable.ts'
import type { World } from '../machine/world.ts'
import type { Command } from '../output/formats.ts'
import { commands } from '../output/formats.ts'
import { refusalText, statusOfRefusal } from '../output/refusal.ts'
import { reportText } from '../output/report.ts'
import type { Status } from '../output/status.ts'
import { status } from '../output/status.ts'
import {
  afterHelp,
  helpCommand,
  helpFlag,
  manual,
  notesOf,
  purpose,
  versionFlag,
} from './command-manual.ts'
import { introduction } from './introduction.ts'
import type { OptionDeclaration } from './option.ts'
import { enumeration, helpText, longName, UsageError } from './option.ts'
import type { Options } from './options.ts'
import { options, optionsOf } from './options.ts'
import type { ParsedCommandLine, Request } from './request.ts'
import { requestOf } from './request.ts'

/** A request, or the end: help and version are shown, mistakes are reported. */
export type CommandLine =
  | { readonly kind: 'request'; readonly request: Request }
  | { readonly kind: 'done'; readonly status: Status }

/** Reads the words after the program's name. What it has to say is written before it returns. */
export async function readCommandLine(argv: readonly string[], world: World): Promise<CommandLine> {
  const out: string[] = []
  const errors: string[] = []
  const line = parse(argv, out, errors)
  const refusal = out.length > 0 ? await world.stdout.write(out.join('')) : undefined
  if (refusal !== undefined) {
    await reportText(refusalText('write', refusal), world)
    return { kind: 'done', status: statusOfRefusal(refusal) }
  }
  if (errors.length > 0) await world.stderr.write(errors.join(''))
  return line
}

function parse(argv: readonly string[], out: string[], errors: string[]): CommandLine {
  // Not a word, so not a gate either: this asks for no judgement, and none is given.
  if (argv.length === 0) {
    out.push(introduction)
    return { kind: 'done', status: status.answered }
  }
  let parsed: ParsedCommandLine | undefined
  const program = programOf(out, errors, (command, operands) => {
    parsed = {
      command,
      operands,
      implied: program.args[0] !== command,
      options: optionValues(program, command),
    }
  })
  try {
    checkHelp(argv)
    program.parse(isHelpOnHelp(argv) ? ['help'] : argv, { from: 'user' })
    if (parsed === undefined) throw new Error('commander neither called a command nor complained')
    return { kind: 'request', request: requestOf(parsed) }
  } catch (error) {
    if (error instanceof CommanderError) return { kind: 'done', status: statusOf(error) }
    if (!(error instanceof UsageError)) throw error
    errors.push(printableLines(`mshare-plan: ${error.message}\n`))
    return { kind: 'done', status: status.invalid }
  }
}

/** commander has no help on its own help command. */
function isHelpOnHelp([word, topic]: readonly string[]): boolean {
  return word === 'help' && topic === 'help'
}

/** @throws UsageError where help is asked for on a command that does not exist. */
function checkHelp([word, topic]: readonly string[]): void {
  const known: readonly string[] = [...commands, 'help']
  if (word !== 'help' || topic === undefined) return
  if (topic.startsWith('-') || known.includes(topic)) return
  const near = nearest(topic, commands)
  const hint = near === undefined ? `commands are ${commands.join(', ')}` : `did you mean ${near}?`
  throw new UsageError(`no command is called ${topic}; ${hint}`)
}

function statusOf(error: CommanderError): Status {
  return error.exitCode === 0 ? status.answered : status.invalid
}

function programOf(
  out: string[],
  errors: string[],
  take: (command: Command, operands: readonly string[]) => void,
): Program {
  const program = new Program(tool.name)
    .description(purpose)
    .usage('[command] [options] FILE...')
    .version(`${tool.name} ${tool.version}`, ...versionFlag)
    .helpOption(...helpFlag)
    .helpCommand(...helpCommand)
    .configureOutput({
      writeOut: (text) => out.push(text),
      writeErr: (text) => errors.push(text),
      outputError: (text, write) => write(printableLines(ownWords(text))),
      getOutHelpWidth: () => 80,
      getErrHelpWidth: () => 80,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .configureHelp({
      ...helpOf('plan', [new Option(...versionFlag)]),
      subcommandTerm: (command) => command.name(),
    })
    .exitOverride()
    .addHelpText('after', afterHelp)
  for (const { parser } of parsers) program.addOption(parser)
  for (const name of commands) {
    program
      .command(`${name} [operands...]`, { isDefault: name === 'plan' })
      .description(manual[name].synopsis)
      .usage(manual[name].usage)
      .configureHelp(helpOf(name))
      .addHelpText('after', notesOf(name))
      .action((operands: readonly string[]) => take(name, operands))
  }
  return program
}

/** An option may be written before the command or behind it, so that the program has them all. */
function parserOf({ flags }: OptionDeclaration<unknown>): Option {
  const option = new Option(flags.replace(/ ([A-Z]\S*)$/, ' <$1>'))
  if (!option.required) return option
  return option.argParser<readonly string[]>((typed, former) => [...(former ?? []), typed])
}

/** Every option, for commander. */
const parsers = Object.entries(options).map(([name, declaration]) => ({
  name,
  declaration,
  parser: parserOf(declaration),
}))

/** Help lists the options of the command; they are described when it is asked for. */
function helpOf(command: Command, more: readonly Option[] = []): Partial<Help> {
  return {
    visibleOptions: () => [...describedOptions(command), ...more, new Option(...helpFlag)],
    optionTerm: (option) => option.flags,
  }
}

function describedOptions(command: Command): readonly Option[] {
  return optionsOf(command).map((option) => new Option(option.flags, helpText(option, command)))
}

/** @throws UsageError where an option has no meaning for the command, or its value is invalid. */
function optionValues(program: Program, command: Command): Options {
  const values = parsers.flatMap(({ name, declaration, parser }) => {
    const key = parser.attributeName()
    if (program.getOptionValueSource(key) !== 'cli') return []
    if (!declaration.commands.includes(command)) throw misplaced(declaration, command)
    const typed: unknown = program.getOptionValue(key)
    return [[name, declaration.read(Array.isArray(typed) ? typed : [])]]
  })
  return Object.fromEntries(values)
}

function misplaced(declaration: OptionDeclaration<unknown>, command: Command): UsageError {
  const name = longName(declaration.flags)
  return new UsageError(
    `${name} does not apply to ${command}, only to ${enumeration(declaration.commands, 'and')}`,
  )
}

/** commander begins with `error:` and writes `<LEVEL>`; the program says who speaks. */
function ownWords(text: string): string {
  return text.replace(/^error: /, 'mshare-plan: ').replace(/<(\S+)>/, '$1')
}

/** Text of several lines that holds words from outside, safe to print. */
function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n')
}
