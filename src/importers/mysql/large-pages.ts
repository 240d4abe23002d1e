import { formatBytes } from '../../units/format.ts'
import { placeText } from '../place.ts'
import type { Pool } from './buffer-pool.ts'
import type { OptionLine } from './option-file.ts'
import { isInOnePiece } from './pool-rule.ts'
import type { Servers } from './servers.ts'
import { isSince } from './servers.ts'
import type { Settings } from './settings.ts'

const mib = 2 ** 20
const hugePage = 2 * mib
/** innodb_buffer_pool_extent_size of storage/innobase/include/buf0buf.h in MariaDB, on 64 bits. */
const extent = 8 * mib

/** How a server gets huge pages for its buffer pool. */
export interface LargePages {
  readonly backing: 'sysv-shm' | 'anonymous'
  readonly call: string
  /** What of it is not known for this release; absent: it is known. */
  readonly guess?: string
}

const segment = { backing: 'sysv-shm', call: 'shmget(SHM_HUGETLB)' } as const
const mapping = { backing: 'anonymous', call: 'mmap(MAP_HUGETLB)' } as const

/**
 * MySQL: os_mem_alloc_large() of storage/innobase/os/os0proc.cc takes a segment, large_page_aligned_alloc()
 * of storage/innobase/include/detail/ut/large_page_alloc-linux.h a private mapping. That file is of
 * 2021, so 8.0.22 was without it; 8.0.30 has it. MariaDB: MDEV-18851 made os_mem_alloc_large() and
 * my_large_malloc() of mysys/my_largepage.c map, in 10.5.3. Without a release it is MySQL 8.0.
 */
export function largePagesOf({ isMysqlPossible, release = '8.0' }: Servers): LargePages {
  const [first, unsure, known] = isMysqlPossible
    ? (['8.0.28', '8.0.23', '8.0.30'] as const)
    : (['10.5.3', '10.5', '10.5.3'] as const)
  const pages = isSince(release, first) ? mapping : segment
  if (!isSince(release, unsure) || isSince(release, known)) return pages
  const server = isMysqlPossible ? 'MySQL' : 'MariaDB'
  return {
    ...pages,
    guess: `estimated: ${pages.call}; the first release of ${server} that uses mmap is uncertain, and ${first} is assumed`,
  }
}

/**
 * The buffer pool on huge pages. One in one piece is mapped at once, in whole extents and up to
 * innodb_buffer_pool_size_max, on huge pages that are all there from the beginning: create() of
 * storage/innobase/buf/buf0buf.cc, my_large_virtual_alloc() of mysys/my_largepage.c.
 */
export function onLargePages(settings: Settings, pool: Pool): Pool {
  const line = mostBeyond(settings, pool)
  const unit = isInOnePiece(settings.servers) ? extent : hugePage
  const size = line === undefined ? pool.bytes : settings.numberOf('innodb_buffer_pool_size_max')
  const whole = Math.ceil(size / unit) * unit
  const texts = [
    ...(pool.rounding === undefined ? [] : [pool.rounding]),
    ...(line === undefined
      ? []
      : [
          `and all up to ${line.written} = ${line.value} (${placeText(line.nameSpot)}), on huge pages from the start`,
        ]),
    ...(whole === size || unit === hugePage ? [] : [`in whole extents of ${formatBytes(unit)}`]),
  ]
  return { ...pool, bytes: whole, ...(texts.length === 0 ? {} : { rounding: texts.join(', ') }) }
}

/** The line that has the server take more huge pages than the pool needs. */
export function mostBeyond(
  { servers, numberOf, lineOf, isOn }: Settings,
  pool: Pool,
): OptionLine | undefined {
  if (!isOn('large_pages') || !isInOnePiece(servers) || reservesMuch(servers)) return undefined
  const isBeyond = numberOf('innodb_buffer_pool_size_max') > Math.ceil(pool.bytes / extent) * extent
  return isBeyond ? lineOf('innodb_buffer_pool_size_max') : undefined
}

/** What is to be known of the most that the pool may grow to, in sentences. */
export function remarksOnMost({ servers, lineOf, isOn }: Settings): readonly string[] {
  const line = lineOf('innodb_buffer_pool_size_max')
  const place = line === undefined ? '' : `${line.written} (${placeText(line.nameSpot)})`
  if (!isInOnePiece(servers)) {
    return line === undefined
      ? []
      : [`Ignored: ${place}, which MariaDB has since 10.11.12, 11.4.6 and 11.8.`]
  }
  if (!isOn('large_pages')) {
    return line === undefined
      ? []
      : [`Not counted: addresses up to ${place}, which take no memory until the pool grows.`]
  }
  return [
    ...(line !== undefined && reservesMuch(servers)
      ? [`Ignored: ${place}. With large_pages this server maps only the buffer pool.`]
      : []),
    'Not counted: up to 3 more huge pages. The server aligns its buffer pool to 8 MiB, and',
    'maps 2 to 6 MiB more where the kernel returns another address.',
  ]
}

/**
 * MDEV-38671: 8 TiB by default, which before was the size of the pool. With large_pages servers 10.11.18 and
 * 10.11.19 mapped the pool alone, whatever the option said.
 */
function reservesMuch({ release = '8.0' }: Servers): boolean {
  const series = ['10.11.17', '11.4.11', '11.8.7', '12.3.2'].find((first) =>
    `${release}.`.startsWith(first.replace(/[^.]+$/, '')),
  )
  return isSince(release, series ?? '12.3.2')
}
