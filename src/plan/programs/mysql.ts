import type { Region } from '../../workload/region.ts'
import type { Setting } from '../result/advice-result.ts'
import { defaultSizeLine, sysctlFile } from './kernel-limits.ts'
import type { HugeUse, ProgramRules } from './rules.ts'
import { isSince } from './rules.ts'

const mib = 2 ** 20

const both = {
  onHugePages: ({ backing }: Region) =>
    backing === 'anonymous' || backing === 'sysv-shm'
      ? ({ backing, fallback: 'base-pages' } as const)
      : undefined,
  takesTransparentPages: true,
}

/** innodb_buffer_pool_chunk_size, and the descriptors of its pages in front: buf_chunk_init(). */
const [chunkBytes, descriptorBytes] = [128 * mib, 4 * mib]

/**
 * MySQL: since 8.0 the chunks of the buffer pool (buf_pool_t::allocate_chunk() of
 * storage/innobase/buf/buf0buf.cc), each a mapping of its own.
 */
export const mysql: ProgramRules = {
  ...both,
  overheadBytes: ({ size }) => Math.ceil(size / chunkBytes) * descriptorBytes,
  settings: (use) => [largePages(use, 'mysql'), ...limits(use, 'mysql', '8.0.28'), ...ends(use)],
}

/**
 * Blocks of the key cache (81 to 83 % of key_buffer_size), of the Aria page cache (95.7 % of its
 * option) and two log buffers, each at Debian's default: measured on 10.11.19, 131 pages of 2 MiB.
 */
const otherCaches = 262 * mib
/** mmap gives a multiple of 2 MiB, and the pool wants one of 8 MiB: buf_pool_t::create(). */
const alignmentPages = 3

/** MariaDB: since 10.5.3 private mappings, my_large_malloc() of mysys/my_largepage.c. */
export const mariadb: ProgramRules = {
  ...both,
  overheadBytes: (_, __, alone) => (alone ? otherCaches : 0),
  sparePages: (regions) =>
    regions.some(({ backing }) => backing === 'anonymous') ? alignmentPages : 0,
  settings: (use) => [
    largePages(use, 'mariadb'),
    ...mostOfPool(use),
    ...limits(use, 'mariadb', '10.5.3'),
    ...ends(use),
  ],
}

type Server = 'mysql' | 'mariadb'

const placeOf = 'my.cnf, in [mysqld]'

function largePages(_: HugeUse, program: Server): Setting {
  return { kind: 'database', program, place: placeOf, lines: ['large_pages = ON'] }
}

/**
 * From 10.11.12, 11.4.6 and 11.8 on, and until 10.11.17 and 11.4.11, all of it is mapped at once.
 * `loose_`: a server without it ignores it.
 */
function mostOfPool({ regions }: HugeUse): readonly Setting[] {
  const pools = regions.filter(({ backing }) => backing === 'anonymous')
  const [largest] = pools.toSorted((one, other) => other.size - one.size)
  if (largest === undefined || largest.size % mib !== 0) return []
  const lines = [`loose_innodb_buffer_pool_size_max = ${largest.size / mib}M`]
  return [{ kind: 'database', program: 'mariadb', place: placeOf, lines }]
}

/**
 * Only servers that take SysV segments need them (shmget(SHM_HUGETLB), can_do_hugetlb_shm() in
 * fs/hugetlbfs/inode.c); private mappings of huge pages need neither.
 */
function limits({ regions, gid }: HugeUse, program: Server, mapsSince: string): readonly Setting[] {
  const maps = regions.every(
    ({ backing, programRelease }) => backing === 'anonymous' && isSince(programRelease, mapsSince),
  )
  const known = regions.every(({ programRelease }) => programRelease !== undefined)
  if (maps && known) return []
  const kind = maps ? 'for-segments' : 'service'
  const unit = program === 'mysql' ? 'mysql' : 'mariadb'
  const group = gid === undefined ? '# vm.hugetlb_shm_group = GID' : `vm.hugetlb_shm_group = ${gid}`
  return [
    {
      kind,
      program,
      place: `/etc/systemd/system/${unit}.service.d/large-pages.conf`,
      lines: ['[Service]', 'LimitMEMLOCK=infinity'],
    },
    { kind: maps ? 'for-segments' : 'shm-group', program, place: sysctlFile, lines: [group] },
  ]
}

function ends(use: HugeUse): readonly Setting[] {
  return [
    ...defaultSizeLine(use),
    { kind: 'check', place: 'shell, server running', lines: ['grep HugePages /proc/meminfo'] },
  ]
}
