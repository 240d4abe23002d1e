import type { Backing, Program } from '../../workload/region.ts'
import { java } from './java.ts'
import { defaultSizeLine, groupLine, limitLines, memlockLines } from './kernel-limits.ts'
import { mariadb, mysql } from './mysql.ts'
import { oracle } from './oracle.ts'
import { postgresql } from './postgresql.ts'
import type { HugeMemory, ProgramRules } from './rules.ts'

/** Redis warns of transparent huge pages, and has no others: its memory is that of malloc(). */
const redis: ProgramRules = {
  onHugePages: () => undefined,
  takesTransparentPages: false,
  settings: () => [],
}

/** SAP HANA manages its memory itself, on base pages or transparent huge pages (SAP Note 2131662). */
const hana: ProgramRules = { ...redis }

/** Shared memory on huge pages, by its backing today; /dev/shm itself has no huge pages. */
const sharedMemory: Readonly<Partial<Record<Backing, Backing>>> = {
  'sysv-shm': 'sysv-shm',
  'posix-shm': 'hugetlbfs',
  memfd: 'memfd',
  'anonymous-shared': 'anonymous-shared',
  hugetlbfs: 'hugetlbfs',
}

/** An unknown program must ask for huge pages itself; its other needs are unknown. */
const other: ProgramRules = {
  onHugePages: ({ backing, fallback }): HugeMemory | undefined => {
    const then = sharedMemory[backing]
    return then === undefined ? undefined : { backing: then, fallback }
  },
  takesTransparentPages: true,
  settings: (use) => [
    ...groupLine(use),
    ...memlockLines(use),
    ...defaultSizeLine(use),
    ...limitLines(use),
  ],
}

export const programRules: Readonly<Record<Program, ProgramRules>> = {
  postgresql,
  oracle,
  mysql,
  mariadb,
  java,
  redis,
  hana,
  other,
}
