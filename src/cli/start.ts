import { tool } from '../plan/result/tool.ts'
import { outletOn } from './machine/node-outlet.ts'
import type { OutputStream } from './machine/world.ts'
import type { Status } from './output/status.ts'
import { status } from './output/status.ts'
import type { program } from './program.ts'

/** What the build lays beside the program; each part is loaded when it is asked for. */
export interface Parts {
  readonly help: () => HelpTexts
  readonly program: () => typeof program
}

/** What is printed without any work. */
export interface HelpTexts {
  /** To the name of the program alone. */
  readonly introduction: string
  readonly program: string
}

/**
 * Answers the command line of this process. Until it has said how it went it has failed: a promise
 * that never settles lets Node end, and must not pass for an answer.
 */
export async function start(
  words: readonly string[],
  parts: Parts,
  stdout: OutputStream = outletOn(1, () => process.stdout, 'standard output'),
): Promise<void> {
  process.exitCode = status.bug
  process.once('beforeExit', reportUnfinished)
  process.exitCode = await answer(words, parts, stdout).catch(reportBroken)
  process.off('beforeExit', reportUnfinished)
}

/** Version and help need nothing of the program, unless they cannot be written: it says why. */
async function answer(
  words: readonly string[],
  { help, program }: Parts,
  stdout: OutputStream,
): Promise<Status> {
  const text = versionFor(words) ?? helpFor(words, help)
  const isSaid = text !== undefined && (await stdout.write(text)) === undefined
  if (isSaid) return status.answered
  const { main, nodeWorld } = program()
  return main(words, nodeWorld())
}

function versionFor([word, ...more]: readonly string[]): string | undefined {
  const isAsked = (word === '--version' || word === '-V') && more.length === 0
  return isAsked ? `${tool.name} ${tool.version}\n` : undefined
}

/** Anything less simple is left to the program: `check --help`. */
function helpFor([first, ...more]: readonly string[], help: Parts['help']): string | undefined {
  if (first === undefined) return help().introduction
  return asksHelp.has(first) && more.length === 0 ? help().program : undefined
}

const asksHelp: ReadonlySet<string> = new Set(['--help', '-h', 'help'])

/** Its files are missing or cannot be read. Node would end with 1, which says that a gate failed. */
function reportBroken(error: unknown): Status {
  const trace = error instanceof Error ? error.stack : String(error)
  process.stderr.write(`mshare-plan: it could not be loaded; install it again\n${trace}\n`)
  return status.bug
}

function reportUnfinished(): void {
  process.stderr.write('mshare-plan: a bug in mshare-plan: it ended before its work was done\n')
}
