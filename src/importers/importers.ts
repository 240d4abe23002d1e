import type { Imported, Wishes } from './importer.ts'
import type { Database } from './kind.ts'
import type { Library } from './library.ts'
import { importMysql } from './mysql/import-mysql.ts'
import { importOracle } from './oracle/import-oracle.ts'
import { importPostgresql } from './postgresql/import-postgresql.ts'

type Importer = (path: string, library: Library, wishes: Wishes) => Imported

const importers: Readonly<Record<Database, Importer>> = {
  postgresql: importPostgresql,
  oracle: importOracle,
  mysql: importMysql,
}

/** Makes a scenario of the configuration of a database. Never throws, whatever the files say. */
export function importDatabase(
  database: Database,
  path: string,
  library: Library,
  wishes: Wishes,
): Imported {
  return importers[database](path, library, wishes)
}
