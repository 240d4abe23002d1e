import { CommanderError, Option, Command as Program } from 'commander'
import { databases } from '../../importers/kind.ts'
import type { World } from '../machine/world.ts'
import { printableLines } from '../output/printable-lines.ts'
import { refusalText, statusOfRefusal } from '../output/refusal.ts'
import { reportText } from '../output/report.ts'
import type { Command, Request } from '../output/request.ts'
import { colorChoices, commands } from '../output/request.ts'
import type { Status } from '../output/status.ts'
import { status } from '../output/status.ts'
import { UsageError } from '../output/usage-error.ts'
import { tool } from '../output/version.ts'
import { captureOptions } from './capture-options.ts'
import type { OptionName } from './manual.ts'
import { afterHelp, endingsOf, manual } from './manual.ts'
import type { Given } from './request-of.ts'
import { requestOf } from './request-of.ts'

/** A request, or the end: help and version are shown, mistakes are reported. */
export type CommandLine =
  | { readonly kind: 'request'; readonly request: Request }
  | { readonly kind: 'done'; readonly status: Status }

/** Reads the words after the program's name. What it has to say is written before it returns. */
export async function readCommandLine(argv: readonly string[], world: World): Promise<CommandLine> {
  const out: string[] = []
  const errors: string[] = []
  const line = understand(argv, out, errors)
  const refusal = out.length > 0 ? await world.stdout.write(out.join('')) : undefined
  if (refusal !== undefined) {
    await reportText(refusalText('write', refusal), world)
    return { kind: 'done', status: statusOfRefusal(refusal) }
  }
  if (errors.length > 0) await world.stderr.write(errors.join(''))
  return line
}

function understand(argv: readonly string[], out: string[], errors: string[]): CommandLine {
  let request: Request | undefined
  const program = programOf(out, errors, (given) => {
    request = requestOf(given)
  })
  try {
    if (argv.length === 0) program.help({ error: true })
    program.parse(argv, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) return { kind: 'done', status: statusOf(error) }
    if (!(error instanceof UsageError)) throw error
    errors.push(printableLines(`mshare-plan: ${error.message}\n`))
    return { kind: 'done', status: status.invalid }
  }
  if (request === undefined) throw new Error('commander neither called a command nor complained')
  return { kind: 'request', request }
}

function statusOf(error: CommanderError): Status {
  return error.exitCode === 0 ? status.answered : status.invalid
}

function programOf(out: string[], errors: string[], take: (given: Given) => void): Program {
  const program = new Program(tool.name)
    .description('What page tables take on a Linux host, and what sharing them would save.')
    .usage('[command] [options] FILE...')
    .version(`${tool.name} ${tool.version}`, '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .configureOutput({
      writeOut: (text) => out.push(text),
      writeErr: (text) => errors.push(text),
      outputError: (text, write) => write(printableLines(worded(text))),
      getOutHelpWidth: () => 80,
      getErrHelpWidth: () => 80,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .exitOverride()
    .addHelpText('after', afterHelp)
  for (const option of sharedOptions()) program.addOption(option)
  for (const name of commands) addCommand(program, name, take)
  return program
}

function addCommand(program: Program, name: Command, take: (given: Given) => void): void {
  const { synopsis, operands, options } = manual[name]
  const command = program
    .command(`${name} ${operands}`.trim(), { isDefault: name === 'plan' })
    .description(synopsis)
    .usage(operands === '' ? '[options]' : '[options] FILE...')
    .configureHelp({
      showGlobalOptions: true,
      visibleGlobalOptions: () =>
        program.options
          .filter((option) => options.includes(nameOf(option)))
          .map((option) => ownOption(option, name)),
    })
    .allowExcessArguments(false)
  if (options.includes('strategy')) {
    command.usage('[options] FILE... [TEXT]')
    command.option('--strategy <id>', 'only the numbers of this strategy')
  }
  if (name === 'import') {
    command.usage('[options] FILE --memory SIZE')
    for (const option of importOptions()) command.addOption(option)
  }
  if (name === 'capture' || name === 'verify') {
    for (const option of captureOptions(gathered)) command.addOption(option)
  }
  if (name === 'verify') command.option('--live', 'this machine as it is, instead of files')
  command.action(() => {
    take({
      command: name,
      implied: program.args[0] !== name,
      operands: command.args,
      options: command.optsWithGlobals(),
      named: namedOptions(program),
    })
  })
}

function importOptions(): readonly Option[] {
  return [
    new Option('--memory <size>', 'memory of the host, as 512GB'),
    new Option('--swap <size>', 'swap of the host'),
    new Option('--connections <number>', 'client connections to plan for'),
    new Option('--touched <share>', 'what each process touches of the shared memory, as 40%'),
    new Option('--data-size <size>', 'size of all databases, where buffers are larger; PostgreSQL'),
    new Option('--kind <database>', 'which database it is').choices(databases),
    new Option('--release <number>', 'its release, where the files do not say'),
    new Option(
      '--root <folder>',
      'where its files lie as below / of the server; / is this machine',
    ),
  ]
}

/** As the help of a command shows it: what can be printed and written is its own. */
function ownOption(option: Option, command: Command): Option {
  switch (nameOf(option)) {
    case 'format':
      return formatOption(manual[command].formats.join(' or '))
    case 'output':
      return outputOption(
        `${endingsOf(command)
          .map((ending) => `FILE${ending}`)
          .join(' or ')} instead`,
      )
    default:
      return option
  }
}

function outputOption(files: string): Option {
  const option = new Option('-o, --output <file>', `write the result to ${files}; repeatable`)
  return option.argParser(gathered)
}

/** Each command has its own: whether it has the one that is wanted is looked at with the request. */
function formatOption(choices: string): Option {
  return new Option('-f, --format <format>', `how to print the result: ${choices}`)
}

function namedOptions(program: Program): readonly OptionName[] {
  return program.options.map(nameOf).filter((name) => program.getOptionValueSource(name) === 'cli')
}

function nameOf(option: Option): OptionName {
  return option.attributeName() as OptionName
}

function sharedOptions(): readonly Option[] {
  return [
    formatOption('table or json; for import yaml or json'),
    outputOption('FILE.json or FILE.txt instead; capture and import write FILE.yaml'),
    new Option(
      '--set <path=value>',
      'put a value in place of what the scenario says; repeatable',
    ).argParser(gathered),
    new Option('--max-risk <level>', 'gate: safe, tight or swapping is still good enough'),
    new Option('--min-headroom <amount>', 'gate: memory left over, as 10% or 8 GiB'),
    new Option('--max-page-tables <amount>', 'gate: page tables at most, as 5% or 16 GiB'),
    new Option(
      '--max-residual <amount>',
      'gate: measured and predicted differ by no more, as 2% or 64 MiB',
    ),
    new Option('--numa-nodes <count>', 'advice: split huge pages over so many NUMA nodes'),
    new Option('--fail-on <severity>', 'gate: no finding as grave as error, warning or note'),
    new Option(
      '--max-growth <amount>',
      'gate: growth of page tables over the baseline at most, as 5% or 2 GiB; repeatable',
    ).argParser(gathered),
    new Option('--baseline <file>', 'a saved result that this one may not be worse than'),
    new Option('--no-waivers', 'judge findings as if the scenario allowed none'),
    new Option('--color <when>', 'colour').choices(colorChoices),
    new Option('-q, --quiet', 'print no result: errors and the exit status only'),
    new Option('-v, --verbose', 'every assumption on a line of its own'),
  ]
}

function gathered(value: string, former: readonly string[] | undefined): readonly string[] {
  return [...(former ?? []), value]
}

/** commander begins with `error:`; the program says who speaks. */
function worded(text: string): string {
  return text.replace(/^error: /, 'mshare-plan: ')
}
