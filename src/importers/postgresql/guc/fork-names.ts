/**
 * Of servers made from PostgreSQL: EDB Postgres Advanced Server (`edb_`, `dbms_`), PolarDB, Greenplum
 * and YugabyteDB. Their parameters are theirs, and nobody lists them all.
 */
const beginnings = /^(?:edb|dbms|polar|gp|yb)_./

/** What begins otherwise: EDB Postgres Advanced Server, "Summary of configuration parameters". */
const names: ReadonlySet<string> = new Set([
  'db_dialect',
  'default_heap_fillfactor',
  'default_with_rowids',
  'enable_hints',
  'nls_length_semantics',
  'odbc_lib_path',
  'optimizer_mode',
  'oracle_home',
  'query_rewrite_enabled',
  'query_rewrite_integrity',
  'timed_statistics',
  'trace_hints',
])

/**
 * Whether a server made from PostgreSQL has such a parameter, or may have.
 * @param name in small letters, and none of PostgreSQL itself.
 */
export function isOfFork(name: string): boolean {
  return beginnings.test(name) || names.has(name)
}
