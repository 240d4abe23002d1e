/**
 * Databases whose configuration can be read, by the names they have on the command line. Contents are
 * recognised from the last to the first.
 */
export const databases = ['postgresql', 'oracle', 'mysql'] as const
/** A database whose configuration can be read. */
export type Database = (typeof databases)[number]

/**
 * All that can be imported, by the names it has on the command line: configurations of databases, and
 * logs with a report of the out-of-memory killer.
 */
export const importKinds = ['postgresql', 'oracle', 'mysql', 'oom-report'] as const
/** What can be imported. */
export type ImportKind = (typeof importKinds)[number]
