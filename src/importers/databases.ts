/**
 * Databases whose configuration can be read, by the names they have on the command line. Contents are
 * recognised from the last to the first.
 */
export const databases = ['postgresql', 'oracle', 'mysql'] as const
/** A database whose configuration can be read. */
export type Database = (typeof databases)[number]
