import { importKinds } from '../../importers/databases.ts'
import { makeScenario } from '../../importers/import-scenario.ts'
import type { Importer } from '../../importers/importer.ts'
import { guessDatabase, importers } from '../../importers/importers.ts'
import { renderJson } from '../../render/json.ts'
import type { AnnotatedScenario } from '../../scenario/annotated-scenario.ts'
import { schemaAddress } from '../../scenario/schema/schema-address.ts'
import { writeScenario } from '../../scenario/write-scenario.ts'
import type { Source } from '../../scenario/yaml/yaml-tree.ts'
import { printable } from '../../units/printable.ts'
import type { ImportRequest } from '../arguments/import-options.ts'
import { enumeration } from '../arguments/option.ts'
import type { Request } from '../arguments/request.ts'
import type { Refusal, World } from '../machine/world.ts'
import { checkOutputs, deliver } from '../output/delivery.ts'
import { refusalText, shownPath, statusOfRefusal } from '../output/refusal.ts'
import type { Failure } from '../output/report.ts'
import { reportFailure, reportText } from '../output/report.ts'
import type { Status } from '../output/status.ts'
import { status } from '../output/status.ts'
import { decode, importFiles, largestFile, readImported } from './import-files.ts'

/** Makes a scenario of a configuration or of a log, and prints it. */
export async function importCommand(request: Request, world: World): Promise<Status> {
  const [operand = '-'] = request.operands
  const { import: asked } = request
  if (asked === undefined) throw new RangeError('import without its options')
  const path = world.kindOf(operand) === 'folder' ? configurationIn(operand) : operand
  const writable = await checkOutputs(request, [path], world)
  if (writable !== status.answered) return writable
  const made = await scenarioFrom(path, asked, world)
  if (!('scenario' in made)) return reportFailure(made, request.color, world)
  for (const remark of made.remarks) await reportText(printable(remark), world)
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
  const reading = await readImported(path, world)
  if (!reading.ok) return refused(reading)
  const main = { file: path, text: decode(reading.content) }
  const library = importFiles(world, path, main.text, root)
  if (library.leftBy !== undefined) return leftCopy(path, library.leftBy)
  const isLog = reading.content.length > largestFile
  const kind = kindOf(main, isLog, asked)
  if (typeof kind !== 'string') return kind
  const made = makeScenario(kind, main, library, asked)
  if ('scenario' in made) return made
  return { status: made.unread ? status.notDone : status.invalid, issues: made.issues }
}

/** The kind of a file that has the options it needs, or what is wrong. */
function kindOf({ file, text }: Source, isLog: boolean, asked: ImportRequest): string | Failure {
  const isPossible = ({ takesLogs }: Importer): boolean => takesLogs === true || !isLog
  const kind = asked.kind ?? guessDatabase(file, text, isPossible)
  const importer = importers.get(kind ?? '')
  if (isLog && !importer?.takesLogs) return refused({ ok: false, path: file, reason: 'too-large' })
  if (kind === undefined || importer === undefined) return unknownKind(file)
  const unfit = unfitOption(kind, importer, asked)
  return unfit === undefined ? kind : { status: status.invalid, text: unfit }
}

function refused(refusal: Refusal): Failure {
  return { status: statusOfRefusal(refusal), text: refusalText('read', refusal, 'configuration') }
}

/** An option that the kind of file lacks or cannot use. */
function unfitOption(kind: string, importer: Importer, asked: ImportRequest): string | undefined {
  if (asked.data !== undefined && !importer.takesDataSize) {
    return importer.takesLogs
      ? '--data-size is for PostgreSQL, and the file is a log; remove it'
      : `--data-size is for PostgreSQL, and the file configures ${kind}; write --touched SHARE`
  }
  if (asked.report !== undefined && !importer.takesLogs) {
    return '--report is for logs with out-of-memory reports; remove it'
  }
  return asked.memory === undefined && !importer.statesMemory
    ? 'import needs --memory SIZE, for example --memory 512GB'
    : undefined
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
  const text = `the kind of ${shownPath(path)} is unknown; write --kind ${enumeration(importKinds)}`
  return { status: status.invalid, text }
}
