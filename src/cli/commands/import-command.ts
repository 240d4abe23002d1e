import { databases } from '../../importers/databases.ts'
import { makeScenario } from '../../importers/import-scenario.ts'
import { guessDatabase, importers } from '../../importers/importers.ts'
import { renderJson } from '../../render/json.ts'
import type { AnnotatedScenario } from '../../scenario/annotated-scenario.ts'
import { schemaAddress } from '../../scenario/schema/schema-address.ts'
import { writeScenario } from '../../scenario/write-scenario.ts'
import type { ImportRequest } from '../arguments/import-options.ts'
import { enumeration } from '../arguments/option.ts'
import type { Request } from '../arguments/request.ts'
import { readInput } from '../machine/read-input.ts'
import type { World } from '../machine/world.ts'
import { checkOutputs, deliver } from '../output/delivery.ts'
import { refusalText, shownPath, statusOfRefusal } from '../output/refusal.ts'
import type { Failure } from '../output/report.ts'
import { reportFailure } from '../output/report.ts'
import type { Status } from '../output/status.ts'
import { status } from '../output/status.ts'
import { decode, importFiles, largestFile } from './import-files.ts'

/** Makes a scenario of the configuration of a database and prints it. */
export async function importCommand(request: Request, world: World): Promise<Status> {
  const [operand = '-'] = request.operands
  const { import: asked } = request
  if (asked === undefined) throw new RangeError('import without its options')
  const path = world.kindOf(operand) === 'folder' ? configurationIn(operand) : operand
  const writable = await checkOutputs(request, [path], world)
  if (writable !== status.answered) return writable
  const made = await scenarioFrom(path, asked, world)
  if (!('scenario' in made)) return reportFailure(made, request.color, world)
  return deliver(request, world, {
    yaml: async () => writeScenario(made),
    json: async () => renderJson({ $schema: schemaAddress, ...made.complete() }),
  })
}

/** A folder is the data directory of PostgreSQL. */
function configurationIn(folder: string): string {
  return `${folder.replace(/\/$/, '')}/postgresql.conf`
}

async function scenarioFrom(
  path: string,
  asked: ImportRequest,
  world: World,
): Promise<AnnotatedScenario | Failure> {
  const { root } = asked
  if (root !== undefined && world.kindOf(root) !== 'folder') return noFolder(root)
  const reading =
    path === '-' ? await readInput(world, largestFile) : world.readFile(path, largestFile)
  if (!reading.ok) {
    return { status: statusOfRefusal(reading), text: refusalText('read', reading, 'configuration') }
  }
  const library = importFiles(world, path, reading, root)
  if (library.leftBy !== undefined) return leftCopy(path, library.leftBy)
  const main = { file: path, text: decode(reading.content) }
  const kind = asked.kind ?? guessDatabase(path, main.text)
  if (kind === undefined) return unknownKind(path)
  if (asked.data !== undefined && !importers.get(kind)?.takesDataSize) return noDataSize(kind)
  const made = makeScenario(kind, main, library, asked)
  if ('scenario' in made) return made
  return { status: made.unread ? status.notDone : status.invalid, issues: made.issues }
}

function noDataSize(kind: string): Failure {
  const text = `--data-size is for PostgreSQL, and the file configures ${kind}; write --touched SHARE`
  return { status: status.invalid, text }
}

function noFolder(root: string): Failure {
  return { status: status.notDone, text: `--root ${shownPath(root)} is not a directory; name one` }
}

/** A link of a copy to an absolute path leads to a file of this machine. */
function leftCopy(path: string, folder: string): Failure {
  const text = `cannot read ${shownPath(path)}: it is a link that leads out of ${shownPath(folder)}; name its target, or write --root /`
  return { status: status.notDone, text }
}

function unknownKind(path: string): Failure {
  const text = `the database that ${shownPath(path)} configures is unknown; write --kind ${enumeration(databases)}`
  return { status: status.invalid, text }
}
