import type { ImportKind } from './databases.ts'
import { importKinds } from './databases.ts'
import type { GivenOptions, Imported, Importer, ImportOptions } from './importer.ts'
import type { Library } from './library.ts'
import { compose } from './manifests/compose.ts'
import { configMap, helmValues } from './manifests/embedded.ts'
import { cloudnativepg, crunchy, zalando } from './manifests/operators.ts'
import { patroni } from './manifests/patroni.ts'
import { mysql } from './mysql/import-mysql.ts'
import { oomReport } from './oom-report/import-oom-report.ts'
import { oracle } from './oracle/import-oracle.ts'
import { postgresql } from './postgresql/import-postgresql.ts'
import { alterSystem } from './printed/alter-system.ts'
import { mysqlVariables } from './printed/mysql-variables.ts'
import { pgSettings } from './printed/pg-settings.ts'
import { sqlplus } from './printed/sqlplus.ts'

/** What imports each kind. To add one: its name in databases.ts, an entry here and its folder. */
const imports: Readonly<Record<ImportKind, Importer>> = {
  postgresql,
  oracle,
  mysql,
  helm: helmValues,
  compose,
  configmap: configMap,
  patroni,
  cloudnativepg,
  zalando,
  crunchy,
  'alter-system': alterSystem,
  'pg-settings': pgSettings,
  'mysql-variables': mysqlVariables,
  sqlplus,
  'oom-report': oomReport,
}

/** A kind by the name it has on the command line. */
export const importers: ReadonlyMap<string, Importer> = new Map(
  importKinds.map((name) => [name, imports[name]]),
)

/** Of which kind a file is, by its name or else by what it says. */
export function guessDatabase(
  path: string,
  text: string,
  isPossible: (importer: Importer) => boolean = () => true,
): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase()
  // Names of settings tell least, and are all that PostgreSQL's files have: its entry is looked at last.
  const known = [...importers].toReversed().filter(([, importer]) => isPossible(importer))
  const found =
    known.find(([, { fileName }]) => fileName.test(name)) ??
    known.find(([, { content }]) => content.test(text))
  return found?.[0]
}

/**
 * The configuration of a database becomes a scenario.
 *
 * In: the path of a configuration file; the files it may name, through a {@link Library}, so that
 * importers know no machine; and what the command line says. Out: an `AnnotatedScenario`, whose every
 * value has a comment on its source or an entry under `assumed`; or all flaws of the configuration,
 * each with its file, line and column. @throws RangeError if the kind is unknown; never for what the files say.
 * @param database one of `importKinds`.
 */
export function importDatabase(
  database: string,
  path: string,
  library: Library,
  options: GivenOptions,
): Imported {
  const importer = importers.get(database)
  if (importer === undefined) throw new RangeError(`no importer for ${database}`)
  if (importer.statesMemory) return importer.importFile(path, library, options)
  return hasMemory(options) ? importer.importFile(path, library, options) : withoutMemory
}

function hasMemory(options: GivenOptions): options is ImportOptions {
  return options.memory !== undefined
}

const withoutMemory: Imported = {
  ok: false,
  flaws: [
    {
      message: 'the memory of the host is missing: no configuration states it',
      expected: 'a size with a unit, such as `512 GB`',
      spot: { source: { file: '--memory', text: '' }, offset: 0 },
    },
  ],
}
