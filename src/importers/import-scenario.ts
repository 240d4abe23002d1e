import type { AnnotatedScenario } from '../scenario/annotated-scenario.ts'
import { writeScenario } from '../scenario/write-scenario.ts'
import type { Issue } from '../scenario/yaml/issue.ts'
import type { Source } from '../scenario/yaml/yaml-tree.ts'
import { toIssue } from '../scenario/yaml/yaml-tree.ts'
import type { Database, ImportKind } from './databases.ts'
import { importKinds } from './databases.ts'
import { givenFiles } from './given-files.ts'
import { issuesOf } from './import-issues.ts'
import type { GivenOptions, ImportFlaw } from './importer.ts'
import { guessDatabase, importDatabase } from './importers.ts'
import { copied } from './instances.ts'
import type { Library } from './library.ts'
import { serverFiles } from './server-files.ts'

/** What is known of a server besides its files. `memory` is required where the files do not state it. */
export interface ImportRequest extends GivenOptions {
  /** One of `importKinds`; absent: what the name of the file or its contents say. */
  readonly kind?: ImportKind
  /** The same, of a database. */
  readonly database?: Database
}

/** The scenario of a file or, all at once, what is wrong with the file. */
export type ImportedScenario =
  /** YAML that `readScenario` reads, with the source of each value as a comment. */
  | { readonly ok: true; readonly text: string }
  /** In the order of the files. An issue about an option has the option as its `file`: `--memory`. */
  | { readonly ok: false; readonly issues: readonly Issue[] }

/**
 * Makes a scenario of the configuration of a database (PostgreSQL, Oracle, MySQL or MariaDB), or of a
 * kernel log with a report of the out-of-memory killer.
 * @param main the path of the file.
 * @param files the text of the file and of those that it may include, by path.
 * @throws RangeError if `kind` or `database` is another one; never for what the files say.
 */
export function importScenario(
  main: string,
  files: Readonly<Record<string, string>>,
  request: ImportRequest,
): ImportedScenario {
  const library = serverFiles(givenFiles(files), main)
  const read = library.read(main)
  if (!read.ok) return refused(main, `cannot read ${main}: ${read.why}`)
  const database = request.kind ?? request.database ?? guessDatabase(main, read.text)
  if (database === undefined) return refused(main, 'the kind of the file is unknown', importKinds)
  const made = makeScenario(database, { file: main, text: read.text }, library, request)
  return 'issues' in made
    ? { ok: false, issues: made.issues }
    : { ok: true, text: writeScenario(made) }
}

/** What is wrong with a configuration. */
export interface Faulty {
  readonly issues: readonly Issue[]
  /** Files could not be read: nothing is wrong with those that were. */
  readonly unread: boolean
}

/**
 * The same of a database that is known, for who writes the scenario otherwise.
 * @param main the configuration, which has been read.
 */
export function makeScenario(
  database: string,
  main: Source,
  library: Library,
  options: GivenOptions,
): AnnotatedScenario | Faulty {
  const imported = importDatabase(database, main.file, library, options)
  if (!imported.ok) return faultsIn(imported.flaws, main.file)
  const { instances = 1 } = options
  if (instances > 1) copied(imported.annotated, instances)
  const issues = issuesOf(imported.annotated, main)
  return issues.length === 0 ? imported.annotated : { issues, unread: false }
}

function refused(
  file: string,
  message: string,
  known: readonly string[] = [],
): Extract<ImportedScenario, { readonly ok: false }> {
  const expected = { expected: `one of ${known.join(', ')}` }
  const issue = { file, line: 1, column: 1, message, ...(known.length === 0 ? {} : expected) }
  return { ok: false, issues: [issue] }
}

/** All of it in the order of files and lines. A file that is included twice has its mistakes once. */
function faultsIn(flaws: readonly ImportFlaw[], main: string): Faulty {
  const files = [...new Set(flaws.map(({ spot }) => spot.source.file))]
  const issues = flaws
    .toSorted(({ spot: a }, { spot: b }) => {
      const apart = files.indexOf(a.source.file) - files.indexOf(b.source.file)
      return apart || a.offset - b.offset
    })
    .map((flaw) => issueOf(flaw, main))
  return {
    issues: [...new Map(issues.map((issue) => [JSON.stringify(issue), issue])).values()],
    unread: flaws.every(({ unread }) => unread === true),
  }
}

/** The line is shown only of the file that the user named: others may be no configuration at all. */
function issueOf(flaw: ImportFlaw, main: string): Issue {
  const { sourceLine, ...issue } = toIssue(flaw)
  const isShown = flaw.spot.source.file === main && flaw.spot.source.text !== ''
  return isShown && sourceLine !== undefined ? { ...issue, sourceLine } : issue
}
