/** Databases whose configuration can be read. */
export const databases = ['postgresql'] as const
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
    database: 'postgresql',
    names: /postgres.*[.]conf$/,
    words: /^[ \t]*(shared_buffers|max_connections|work_mem|wal_level|data_directory)[ \t]*[= ']/im,
  },
]
