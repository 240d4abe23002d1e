import type { RegionText } from '../../scenario/schema/scenario-text.ts'
import type { SeenProcess } from '../machine/observation.ts'

/** A program whose settings the advice knows, and what it does where the pool is too small. */
export interface KnownProgram {
  readonly program: NonNullable<RegionText['program']>
  readonly names: RegExp
  /** Absent: unknown. */
  readonly fallback?: NonNullable<RegionText['fallback']>
  /** The setting that decides, which no file of /proc shows. */
  readonly why?: string
}

const known: readonly KnownProgram[] = [
  {
    program: 'postgresql',
    names: /^(postgres|postmaster|edb-postgres)\b/,
    fallback: 'base-pages',
    why: "huge_pages = try, PostgreSQL's default: all or nothing",
  },
  {
    program: 'oracle',
    names: /^(oracle|ora_|asm_)/,
    fallback: 'mixed',
    why: "use_large_pages = true, Oracle's default: as many huge pages as the pool has",
  },
  {
    program: 'mariadb',
    names: /^mariadbd\b/,
    fallback: 'base-pages',
    why: 'MariaDB falls back to base pages where large_pages fails',
  },
  {
    program: 'mysql',
    names: /^mysqld\b/,
    fallback: 'base-pages',
    why: 'MySQL falls back to base pages where large_pages fails',
  },
  { program: 'java', names: /^java$/ },
  { program: 'redis', names: /^(redis|valkey|keydb)-server/ },
  { program: 'hana', names: /^hdb[a-z]/ },
]

/** By the key of the object: the program of most processes that map it, where it is a known one. */
export function programsOfObjects(
  processes: readonly SeenProcess[],
): ReadonlyMap<string, KnownProgram> {
  const mappers = new Map<string, Map<KnownProgram | undefined, number>>()
  for (const process of processes) {
    const program = knownProgram(process)
    for (const object of new Set(process.space?.mapped.map((one) => one.object))) {
      const counts = mappers.get(object) ?? new Map<KnownProgram | undefined, number>()
      mappers.set(object, counts.set(program, (counts.get(program) ?? 0) + 1))
    }
  }
  return new Map(
    [...mappers].flatMap(([object, counts]) => {
      const all = [...counts.values()].reduce((sum, count) => sum + count, 0)
      const [most] = [...counts].toSorted((left, right) => right[1] - left[1])
      return most?.[0] !== undefined && most[1] * 2 > all ? [[object, most[0]] as const] : []
    }),
  )
}

/** By the file it runs, else by the name it was started by: MariaDB too was started as mysqld. */
export function knownProgram({
  file = '',
  program,
  status,
}: SeenProcess): KnownProgram | undefined {
  return [file, program, status.comm].reduce<KnownProgram | undefined>(
    (found, name) => found ?? known.find(({ names }) => names.test(name)),
    undefined,
  )
}
