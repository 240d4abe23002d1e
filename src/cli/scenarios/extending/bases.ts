import { basename, dirname, isAbsolute, join } from 'node:path'
import { isSaved } from '../../../saved/saved-mark.ts'
import type { Extended } from '../../../scenario/extended.ts'
import { extendedBy } from '../../../scenario/extended.ts'
import type { Flaw } from '../../../scenario/yaml/issue.ts'
import { nearest } from '../../../scenario/yaml/suggest.ts'
import type { Source } from '../../../scenario/yaml/yaml-tree.ts'
import { toIssue } from '../../../scenario/yaml/yaml-tree.ts'
import { printable } from '../../../units/printable.ts'
import type { Refusal, World } from '../../machine/world.ts'
import { largestScenario, refusalWords, statusOfRefusal } from '../../output/refusal.ts'
import type { Failure } from '../../output/report.ts'
import type { Status } from '../../output/status.ts'
import { status } from '../../output/status.ts'
import { isFailure } from '../attempt.ts'
import type { Document } from '../document.ts'
import { documentOf } from '../document.ts'

/** More files on each other than anyone can follow. */
const mostBases = 20

/**
 * A document with the scenario that it extends, which may extend another. A relative path begins in the
 * folder of the file that has it; for standard input, in the current one.
 */
export function withBases(document: Document, world: World): Document | Failure {
  if (isSaved(document.text)) return document
  const { path, text, lineEnd: _, ...among } = document
  const base = baseOf({ file: path, text, ...among }, [path], world)
  if (base === undefined || isFailure(base)) return base ?? document
  return { ...document, base }
}

/** @param files that lead here, the first one first. */
function baseOf(
  source: Source,
  files: readonly string[],
  world: World,
): Source | Failure | undefined {
  const extended = extendedBy(source)
  if (extended === undefined) return undefined
  const path = isAbsolute(extended.path) ? extended.path : join(dirname(source.file), extended.path)
  const flaw = flawOfPath(path, files, world)
  if (flaw !== undefined) return failed(extended, flaw)
  const reading = world.readFile(path, largestScenario)
  if (!reading.ok) return unread(extended, path, reading, world)
  const document = documentOf(reading.content, { path })
  if (isFailure(document)) return document
  if (isSaved(document.text)) {
    const message = `${shown(path)} is a saved result, not a scenario`
    return failed(extended, { message, expected: pathForm })
  }
  const read: Source = { file: path, text: document.text }
  const base = baseOf(read, [...files, path], world)
  if (base === undefined || isFailure(base)) return base ?? read
  return { ...read, base }
}

const pathForm = 'the path of a scenario, relative to the folder of this file'

/** A file of any other name is not read: what is wrong in it is printed, and it may be a secret. */
function flawOfPath(path: string, files: readonly string[], world: World): Flaw | undefined {
  if (!/[^/][.](ya?ml|json)$/i.test(path)) {
    return {
      message: `${shown(path)} is not named as a scenario`,
      expected: 'a name that ends in `.yaml`, `.yml` or `.json`',
    }
  }
  const real = world.realPath(path)
  const from = files.findIndex((file) => file !== '-' && world.realPath(file) === real)
  if (from >= 0) {
    const way = [...files.slice(from), path].map(shown).join(' → ')
    return { message: `a scenario cannot extend itself: ${way}`, expected: pathForm }
  }
  if (files.length <= mostBases) return undefined
  return {
    message: `more than ${mostBases} scenarios, each of which extends the next`,
    expected: 'fewer files',
  }
}

function unread(extended: Extended, path: string, refusal: Refusal, world: World): Failure {
  const message = `cannot read ${shown(path)}: ${refusalWords(refusal, 'scenario')}`
  const listing = refusal.reason === 'missing' ? world.listFolder(dirname(path)) : undefined
  const near = listing?.ok ? nearest(basename(path), listing.names) : undefined
  const suggestion =
    near === undefined
      ? {}
      : { suggestion: `did you mean \`${shown(join(dirname(extended.path), near))}\`?` }
  // A name that leads nowhere is a mistake of the scenario.
  const found = refusal.reason === 'missing' ? status.invalid : statusOfRefusal(refusal)
  return failed(extended, { message, expected: pathForm, ...suggestion }, found)
}

function failed({ spot }: Extended, flaw: Flaw, as: Status = status.invalid): Failure {
  return { status: as, issues: [toIssue({ ...flaw, spot, path: ['extends'] })] }
}

function shown(path: string): string {
  return path === '-' ? 'standard input' : printable(path)
}
