/**
 * Databases whose configuration can be read, by the names they have on the command line. Contents are
 * recognised from the last to the first.
 */
export const databases = ['postgresql', 'oracle', 'mysql'] as const
/** A database whose configuration can be read. */
export type Database = (typeof databases)[number]

/**
 * Kinds of file that can be imported, by the names they have on the command line: the files of the
 * databases, then what says more of itself, last logs with a report of the out-of-memory killer.
 */
export const importKinds = [
  'postgresql',
  'oracle',
  'mysql',
  'helm',
  'compose',
  'configmap',
  'patroni',
  'cloudnativepg',
  'zalando',
  'crunchy',
  'alter-system',
  'pg-settings',
  'mysql-variables',
  'sqlplus',
  'oom-report',
] as const
/** A kind of file that can be imported. */
export type ImportKind = (typeof importKinds)[number]
