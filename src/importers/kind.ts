/** Databases whose configuration can be read. */
export const databases = ['postgresql', 'oracle', 'mysql'] as const
export type Database = (typeof databases)[number]

/** Which database a file configures, by its name or else by what stands in it. */
export function guessDatabase(path: string, text: string): Database | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase()
  return (
    clues.find(({ names }) => names.test(name))?.database ??
    clues.find(({ words }) => words.test(text))?.database
  )
}

const clues: readonly {
  readonly database: Database
  readonly names: RegExp
  readonly words: RegExp
}[] = [
  {
    database: 'mysql',
    names: /(^|[^a-z])(my|mysql|mysqld|mariadb)[^a-z]*[.](cnf|ini)$|[.]cnf$/,
    words: /^[ \t]*\[(mysqld|mariadb|server|client-server|galera)[^\]\n]*\]/m,
  },
  {
    database: 'oracle',
    names: /[.]ora$|pfile/,
    words: /^[ \t]*(?:\w+[.]|[*][.])?_{0,2}(sga_target|memory_target|db_name|db_block_size)\s*=/im,
  },
  {
    database: 'postgresql',
    names: /postgres.*[.]conf$/,
    words: /^[ \t]*(shared_buffers|max_connections|work_mem|wal_level|data_directory)[ \t]*[= ']/im,
  },
]
