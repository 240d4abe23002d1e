import type { ImportFlaw } from '../importers/imported.ts'
import { importDatabase } from '../importers/importers.ts'
import { databases, guessDatabase } from '../importers/kind.ts'
import type { Library } from '../importers/library.ts'
import { renderJson } from '../render/json.ts'
import type { Issue } from '../scenario/issue.ts'
import type { AnnotatedScenario } from '../scenario/write-scenario.ts'
import { writeScenario } from '../scenario/write-scenario.ts'
import { toIssue } from '../scenario/yaml-tree.ts'
import { checkOutputs, deliver } from './delivery.ts'
import type { Failure } from './failure.ts'
import { issuesOf } from './import-issues.ts'
import { refusalText, refusalWords, shownPath, statusOfRefusal } from './refusal.ts'
import { reportFailure } from './report.ts'
import type { ImportWishes, Request } from './request.ts'
import type { Status } from './status.ts'
import { status } from './status.ts'
import type { Reading, World } from './world.ts'

/** Makes a scenario of the configuration of a database and prints it. */
export async function importCommand(request: Request, world: World): Promise<Status> {
  const [operand = '-'] = request.operands
  const { wishes } = request
  if (wishes === undefined) throw new RangeError('import without its options')
  const path = world.examine(operand) === 'folder' ? configurationIn(operand) : operand
  const writable = await checkOutputs(request, [path], world)
  if (writable !== status.answered) return writable
  const made = await makeScenario(path, wishes, world)
  if (!('scenario' in made)) {
    await reportFailure(made, request.color, world)
    return made.status
  }
  return deliver(request, world, async (format) => writeAs(format, made))
}

/** A folder is the data directory of PostgreSQL. */
function configurationIn(folder: string): string {
  return `${folder.replace(/\/$/, '')}/postgresql.conf`
}

function writeAs(format: string, made: AnnotatedScenario): string {
  return format === 'json' ? renderJson(made.scenario) : writeScenario(made)
}

async function makeScenario(
  path: string,
  wishes: ImportWishes,
  world: World,
): Promise<AnnotatedScenario | Failure> {
  const reading =
    path === '-' ? await world.readInput(largestFile) : world.readFile(path, largestFile)
  if (!reading.ok) {
    return { status: statusOfRefusal(reading), text: refusalText('read', reading, 'configuration') }
  }
  const library = libraryOf(world, path, reading)
  const main = { file: path, text: decode(reading.content) }
  const kind = wishes.kind ?? guessDatabase(path, main.text)
  if (kind === undefined) return unknownKind(path)
  const imported = importDatabase(kind, path, library, wishes)
  if (!imported.ok) return failureOf(imported.flaws)
  const issues = issuesOf(imported.scenario, imported.origins, main, wishes)
  return issues.length === 0 ? imported.scenario : { status: status.invalid, issues }
}

function unknownKind(path: string): Failure {
  const text = `cannot tell which database ${shownPath(path)} configures: say --kind ${databases.join(' or ')}`
  return { status: status.invalid, text }
}

/** All of it in the order of files and lines. A file that is included twice has its mistakes once. */
function failureOf(flaws: readonly ImportFlaw[]): Failure {
  const files = [...new Set(flaws.map(({ spot }) => spot.source.file))]
  const issues = flaws
    .toSorted(({ spot: a }, { spot: b }) => {
      const apart = files.indexOf(a.source.file) - files.indexOf(b.source.file)
      return apart || a.offset - b.offset
    })
    .map(issueOf)
  const isUnread = flaws.every(({ unread }) => unread === true)
  return {
    status: isUnread ? status.notDone : status.invalid,
    issues: [...new Map(issues.map((issue) => [JSON.stringify(issue), issue])).values()],
  }
}

/** Of a file that could not be read there is no line to show. */
function issueOf(flaw: ImportFlaw): Issue {
  const { sourceLine, ...issue } = toIssue(flaw)
  const isEmpty = flaw.unread === true && flaw.spot.source.text === ''
  return isEmpty || sourceLine === undefined ? issue : { ...issue, sourceLine }
}

/** Configurations are small; what is larger is something else. */
const largestFile = 4 * 1024 * 1024

function libraryOf(world: World, main: string, content: Extract<Reading, { ok: true }>): Library {
  return {
    read: (path) => {
      const reading = path === main ? content : world.readFile(path, largestFile)
      if (reading.ok) return { ok: true, text: decode(reading.content) }
      return {
        ok: false,
        missing: reading.reason === 'missing',
        why: refusalWords(reading, 'configuration'),
      }
    },
    list: (folder) => {
      const listing = world.listNames(folder)
      if (!listing.ok) {
        return {
          ok: false,
          missing: listing.reason === 'missing',
          why: refusalWords(listing, 'configuration'),
        }
      }
      const prefix = folder.endsWith('/') ? folder : `${folder}/`
      return {
        ok: true,
        names: listing.names.filter((name) => world.examine(prefix + name) !== 'folder'),
      }
    },
  }
}

/** Comments may be in any encoding; what counts is ASCII. */
function decode(content: Uint8Array): string {
  return new TextDecoder('utf-8').decode(content)
}
