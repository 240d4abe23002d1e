import type { HugePage, Layout } from '../../geometry/layout.ts'
import type { Bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import type { Backing } from '../../workload/region.ts'
import type { RegionText } from '../schema/scenario-text.ts'
import type { DeepPartial, Section } from './section.ts'
import { assume, complain, isBroken, resolveSize } from './section.ts'

type RegionSection = Section<DeepPartial<RegionText>>

/** The page size in bytes; the base page where it is wrong, so that the rest can be judged. */
export function pageSizeOf(section: RegionSection, backing: Backing, layout: Layout): Bytes {
  const { log, given, path } = section
  if (isBroken(section, 'pageSize') || isBroken(section, 'backing')) return layout.pageBytes
  if (given?.pageSize === undefined) return defaultPageSize(section, backing, layout)
  const size = resolveSize(log, given.pageSize, [...path, 'pageSize'], layout.pageBytes)
  if (size === undefined) return layout.pageBytes
  if (isLegal(size, backing, layout)) return size
  complain(log, [...path, 'pageSize'], pageSizeFlaw(size, backing, layout))
  return layout.pageBytes
}

function defaultPageSize(section: RegionSection, backing: Backing, layout: Layout): Bytes {
  const path = [...section.path, 'pageSize']
  if (backing !== 'hugetlbfs') {
    assume(section.log, path, writeSize(layout.pageBytes), 'default: base pages')
    return layout.pageBytes
  }
  const size = layout.hugePages.find((page) => page.leaf === 'pmd')?.bytes
  if (size !== undefined) assume(section.log, path, writeSize(size), 'default of hugetlbfs')
  else
    complain(section.log, [...section.path, 'backing'], {
      message: `${layout.id} has no hugetlbfs`,
    })
  return size ?? layout.pageBytes
}

function isLegal(size: Bytes, backing: Backing, layout: Layout): boolean {
  if (size === layout.pageBytes) return backing !== 'hugetlbfs'
  return hugePagesFor(backing, layout).some((page) => page.bytes === size)
}

/** DAX maps an entry of a table, never several contiguous ones: mm/huge_memory.c. */
export function hugePagesFor(backing: Backing, layout: Layout): readonly HugePage[] {
  if (backing === 'posix-shm' || backing === 'file') return []
  return layout.hugePages.filter(
    (page) => backing !== 'dax' || layout.levels.some((level) => level.reach === page.pages),
  )
}

function pageSizeFlaw(size: Bytes, backing: Backing, layout: Layout) {
  const base = writeSize(layout.pageBytes)
  if (
    layout.hugePages.some((page) => page.bytes === size) &&
    hugePagesFor(backing, layout).length === 0
  ) {
    return {
      message: `${backing} has no pages of ${writeSize(size)}`,
      expected: `\`${base}\``,
      suggestion: 'use sysv-shm, memfd or hugetlbfs for huge pages, or `thp: true`',
    }
  }
  const offered = hugePageList({ ...layout, hugePages: hugePagesFor(backing, layout) })
  const also = backing === 'hugetlbfs' ? '' : ` or \`${base}\``
  return {
    message: `${backing} on ${layout.id} has no pages of ${writeSize(size)}`,
    expected: offered + also,
  }
}

/** The huge pages of a layout, as they would be written in a scenario. */
export function hugePageList(layout: Layout): string {
  const sizes = layout.hugePages.map((page) => `\`${writeSize(page.bytes)}\``)
  return sizes.length === 0 ? 'no huge pages' : `one of ${sizes.join(', ')}`
}

/** The kernel refuses to map part of a huge page: hugetlbfs_file_mmap() in fs/hugetlbfs/inode.c. */
export function checkMultiple<T extends object>(
  { log, path }: Section<T>,
  key: keyof T & string,
  value: number,
  pageBytes: Bytes,
): void {
  if (value % pageBytes === 0) return
  const up = Math.ceil(value / pageBytes) * pageBytes
  complain(log, [...path, key], {
    message: `not a multiple of the region's ${writeSize(pageBytes)} pages`,
    expected: `a multiple of ${writeSize(pageBytes)}`,
    ...(Number.isSafeInteger(up) ? { suggestion: `write \`${writeSize(up as Bytes)}\`` } : {}),
  })
}
