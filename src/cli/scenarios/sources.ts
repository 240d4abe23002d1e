import { nearest } from '../../scenario/yaml/suggest.ts'
import type { World } from '../machine/world.ts'
import { commands } from '../output/formats.ts'
import { refusalText, shownPath, statusOfRefusal } from '../output/refusal.ts'
import type { Failure } from '../output/report.ts'
import { status } from '../output/status.ts'
import { isNamedLines } from './documents.ts'

/** What was named and leads nowhere. */
type SourceFailure = Failure & { readonly file: string }

/** Which scenarios to read, and what of the command line leads nowhere. */
export interface Sources {
  /** Each file once, in the order named; `-` is standard input. */
  readonly paths: readonly string[]
  readonly failures: readonly SourceFailure[]
  /** The command line allows several, even where there happens to be one. */
  readonly several: boolean
}

/**
 * True for what may hold scenarios without end: they are not put in order. In any other file they are
 * few enough to wait for the worst of them.
 */
export function isStream(path: string): boolean {
  return path === '-' || isNamedLines(path)
}

interface Found {
  readonly paths: readonly string[]
  readonly failure?: SourceFailure
  /** A folder or a pattern may be any number of files. */
  readonly many?: boolean
}

/** The scenarios behind files, folders, patterns and `-`. */
export async function findSources(
  operands: readonly string[],
  implied: boolean,
  world: World,
): Promise<Sources> {
  const found: Found[] = []
  for (const [index, operand] of operands.entries()) {
    found.push(await locate(operand, implied && index === 0, world))
  }
  return {
    paths: withoutRepeats(
      found.flatMap(({ paths }) => paths),
      world,
    ),
    failures: found.flatMap(({ failure }) => (failure === undefined ? [] : [failure])),
    several:
      found.length > 1 ||
      found.some(({ paths, many }) => many === true || paths.some(isNamedLines)),
  }
}

async function locate(operand: string, mayBeCommand: boolean, world: World): Promise<Found> {
  if (operand === '-') return { paths: [operand] }
  const kind = world.kindOf(operand)
  if (kind === 'folder') return { ...inFolder(operand, world), many: true }
  if (typeof kind === 'string' || kind.reason !== 'missing') return { paths: [operand] }
  if (/[*?[\]{}]/.test(operand)) return { ...(await byPattern(operand, world)), many: true }
  if (mayBeCommand && isWord(operand)) return neitherCommandNorFile(operand)
  return nothing(operand, refusalText('read', kind), statusOfRefusal(kind))
}

function inFolder(path: string, world: World): Found {
  const listing = world.listFolder(path)
  if (!listing.ok) return nothing(path, refusalText('read', listing), statusOfRefusal(listing))
  const names = listing.names.filter(isScenarioName).sort()
  if (names.length === 0) {
    return nothing(path, `${shownPath(path)} has no *.yaml, *.yml or *.json`, status.invalid)
  }
  const prefix = path.endsWith('/') ? path : `${path}/`
  return { paths: names.map((name) => prefix + name) }
}

/** Hidden files are unfinished, and a directory may hold the JSON Schema of its scenarios. */
function isScenarioName(name: string): boolean {
  return /^[^.].*[.](yaml|yml|json)$/.test(name) && !name.endsWith('.schema.json')
}

async function byPattern(pattern: string, world: World): Promise<Found> {
  const paths = await world.findFiles(pattern)
  if (paths.length > 0) return { paths }
  return nothing(pattern, `no file matches ${shownPath(pattern)}`, status.invalid)
}

/** A word that could have been meant as a command. */
function isWord(operand: string): boolean {
  return /^[a-z][a-z-]*$/.test(operand)
}

function neitherCommandNorFile(word: string): Found {
  if (commands.some((command) => command === word)) {
    return nothing(word, `${word} is a command; write it before the options`, status.invalid)
  }
  const near = nearest(word, commands)
  const hint = near === undefined ? `commands are ${commands.join(', ')}` : `did you mean ${near}?`
  return nothing(word, `${word} is neither a command nor a file; ${hint}`, status.invalid)
}

function nothing(file: string, text: string, of: Failure['status']): Found {
  return { paths: [], failure: { status: of, text, file } }
}

function withoutRepeats(paths: readonly string[], world: World): readonly string[] {
  const seen = new Set<string>()
  return paths.filter((path) => {
    const identity = path === '-' ? path : world.realPath(path)
    return !seen.has(identity) && seen.add(identity)
  })
}
