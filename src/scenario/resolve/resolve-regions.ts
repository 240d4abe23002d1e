import type { HugePage, Layout } from '../../geometry/layout.ts'
import { levelOf } from '../../geometry/layout.ts'
import type { Bytes, Count } from '../../units/quantity.ts'
import { count, pages } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import type { Group } from '../../workload/group.ts'
import type { Host } from '../../workload/host.ts'
import type {
  Backing,
  MshareTerms,
  Program,
  Region,
  ResidentAmount,
} from '../../workload/region.ts'
import { defaults } from '../schema/defaults.ts'
import type { RegionText } from '../schema/scenario-text.ts'
import { parseMode } from '../schema/texts.ts'
import type { Flaw } from '../yaml/issue.ts'
import { copiesOf } from './copies.ts'
import { hugePageList } from './resolve-host.ts'
import type { DeepPartial, Section } from './section.ts'
import { assume, choiceOf, complain, inside, isBroken, resolveSize } from './section.ts'

export type RegionSection = Section<DeepPartial<RegionText>>

/** One region; `undefined` where its size is not known. */
export function resolveRegion(
  name: string,
  section: RegionSection,
  host: Host,
): Region | undefined {
  const { layout } = host
  const size = regionSize(section, layout)
  const backing = choiceOf(section, 'backing', defaults.backing, 'default: POSIX shared memory')
  const pageBytes = pageSizeOf(section, backing, layout)
  const huge = pageBytes > layout.pageBytes
  const thp = thpOf(section, backing, huge, host)
  const locked = lockedOf(section, backing, huge)
  const fallback = choiceOf(section, 'fallback', 'fail', 'default: the pool must be large enough')
  const program = choiceOf(section, 'program', defaults.program, 'default: no lines of a program')
  const programRelease = programReleaseOf(section, program)
  const resident = residentOf(section, backing, huge && fallback === 'fail', size, layout)
  const objects = objectsOf(section)
  const copies = copiesOf(section)
  const mshare = mshareOf(section)
  if (size === undefined) return undefined
  if (huge) checkMultiple(section, 'size', size, pageBytes)
  const region = {
    name,
    size,
    pages: pages(Math.ceil(size / layout.pageBytes)),
    backing,
    pageBytes,
  }
  checkObjects(section, objects, region.pages)
  return {
    ...region,
    thp,
    locked,
    ...(resident === undefined ? {} : { resident }),
    fallback,
    ...(section.given?.after === undefined ? {} : { after: section.given.after }),
    program,
    ...(programRelease === undefined ? {} : { programRelease }),
    objects,
    ...copies,
    ...(mshare === undefined ? {} : { mshare }),
  }
}

/** Numbers with dots, as its program writes them. */
function programReleaseOf(section: RegionSection, program: Program): string | undefined {
  const { log, given } = section
  const path = [...section.path, 'programRelease']
  const written = given?.programRelease
  if (written === undefined && program !== 'other' && !isBroken(section, 'programRelease')) {
    assume(log, path, 'newest', 'default: settings that the newest release has')
  }
  if (written === undefined || /^\d{1,4}(?:[.]\d{1,4})*$/.test(written)) return written
  complain(log, path, {
    message: `\`${written}\` is not a release`,
    expected: 'numbers with dots between them, such as "9.2" or "18"',
  })
  return undefined
}

function regionSize({ log, given, path }: RegionSection, layout: Layout): Bytes | undefined {
  if (given?.size === undefined) return undefined
  const size = resolveSize(log, given.size, [...path, 'size'], layout.pageBytes)
  if (size !== 0) return size
  const flaw = { message: 'an empty region cannot be mapped', expected: 'more than 0 B' }
  complain(log, [...path, 'size'], flaw)
  return undefined
}

/** Where the page size is wrong, the base page stands in, so that the rest can be judged. */
function pageSizeOf(section: RegionSection, backing: Backing, layout: Layout): Bytes {
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
function hugePagesFor(backing: Backing, layout: Layout): readonly HugePage[] {
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

function thpOf(section: RegionSection, backing: Backing, huge: boolean, host: Host): boolean {
  const { layout, thp } = host
  const kind = hasPmd(layout) ? thpKind(backing, huge) : undefined
  const always = kind !== undefined && thp[kind] === 'always'
  const word = kind === undefined ? '' : `host.thp.${kind} is ${thp[kind]}`
  const value = choiceOf(section, 'thp', always, kind === undefined ? 'no such pages here' : word)
  const flaw = value ? thpFlaw(backing, huge, layout) : undefined
  if (flaw !== undefined) complain(section.log, [...section.path, 'thp'], flaw)
  return value && flaw === undefined
}

function thpFlaw(backing: Backing, huge: boolean, layout: Layout): Flaw | undefined {
  if (backing === 'dax') {
    const page = hugePagesFor(backing, layout)[0]
    return {
      message: 'the huge entries of dax are not transparent huge pages',
      expected: '`pageSize`, which says how large the entries are',
      ...(page === undefined ? {} : { suggestion: `write \`pageSize: ${writeSize(page.bytes)}\`` }),
    }
  }
  if (huge) {
    return {
      message: 'huge pages of this size are never transparent',
      expected: 'either `pageSize` or `thp: true`',
    }
  }
  if (hasPmd(layout)) return undefined
  return {
    message: `${layout.id} has no transparent huge pages: it has no pmd level`,
    expected: '`false`',
  }
}

function hasPmd(layout: Layout): boolean {
  return levelOf(layout, 'pmd') !== undefined
}

/** Which setting of the host decides; none for files, DAX and hugetlb. */
function thpKind(backing: Backing, huge: boolean): 'anonymous' | 'shmem' | undefined {
  if (huge || backing === 'file' || backing === 'dax' || backing === 'hugetlbfs') return undefined
  return backing === 'anonymous' ? 'anonymous' : 'shmem'
}

function lockedOf(section: RegionSection, backing: Backing, huge: boolean): boolean {
  const hugetlb = huge && backing !== 'dax'
  const source = hugetlb ? 'hugetlb pages are never swapped' : 'default: not locked'
  choiceOf(section, 'locked', hugetlb, source)
  // Only what is written stays with the region when a strategy takes it off its huge pages.
  return section.given?.locked ?? false
}

/** Only of memory that pages come to one by one. */
function residentOf(
  section: RegionSection,
  backing: Backing,
  huge: boolean,
  size: Bytes | undefined,
  layout: Layout,
): ResidentAmount | undefined {
  const { log, given } = section
  const path = [...section.path, 'resident']
  if (given?.resident === undefined) {
    const isKept = residentFlaw(backing, huge) === undefined
    if (isKept && !isBroken(section, 'resident')) {
      assume(log, path, `{ atLeast: ${defaults.none} }`, 'default: what processes touch')
    }
    return undefined
  }
  const flaw = residentFlaw(backing, huge)
  if (flaw !== undefined) complain(log, path, flaw)
  const atLeast = typeof given.resident !== 'string'
  const written = typeof given.resident === 'string' ? given.resident : given.resident.atLeast
  if (flaw !== undefined || written === undefined) return undefined
  const at = atLeast ? [...path, 'atLeast'] : path
  const amount = resolveSize(log, written, at, layout.pageBytes)
  if (amount === undefined) return undefined
  if (size === undefined || amount <= size) return { bytes: amount, atLeast }
  complain(log, at, {
    message: 'more than the region has',
    expected: `at most ${writeSize(size)}`,
  })
  return undefined
}

function residentFlaw(backing: Backing, huge: boolean): Flaw | undefined {
  const remedy = { suggestion: 'remove `resident`' }
  if (backing === 'dax') return { message: 'dax takes no memory', ...remedy }
  if (huge) return { message: 'huge pages are in their pool, touched or not', ...remedy }
  return undefined
}

function objectsOf(section: RegionSection): Count {
  return count(choiceOf(section, 'objects', 1, 'default: one object'))
}

function checkObjects({ log, path }: RegionSection, objects: number, pageCount: number): void {
  if (objects <= pageCount) return
  complain(log, [...path, 'objects'], {
    message: `${objects} objects, but only ${pageCount} pages`,
    expected: 'at least one page in each object',
  })
}

function mshareOf(section: RegionSection): MshareTerms | undefined {
  const value = choiceOf(section, 'mshare', false, 'default: not shared through mshare')
  if (value === false) return undefined
  const terms = typeof value === 'object' ? value : {}
  const inner = { ...inside(section, 'mshare'), given: terms }
  const mode = choiceOf(inner, 'mode', defaults.mode, 'default: the owner may read and write')
  return {
    mode: parseMode(mode) ?? 0,
    ...(terms.uid === undefined ? {} : { uid: terms.uid }),
    ...(terms.gid === undefined ? {} : { gid: terms.gid }),
    ...(terms.owner === undefined ? {} : { owner: terms.owner }),
  }
}

/** Whoever maps an mshare region first owns it, unless the scenario says who does. */
export function assumeOwner(
  section: RegionSection,
  region: Region,
  groups: readonly Group[],
): void {
  if (region.mshare === undefined) return
  const first = groups.find((group) => group.maps.some((map) => map.region === region.name))
  const owner = { uid: first?.uid, gid: first?.gid, owner: first?.name }
  for (const key of ['uid', 'gid', 'owner'] as const) {
    if (region.mshare[key] !== undefined) continue
    const value = String(owner[key] ?? 'none')
    assume(
      section.log,
      [...section.path, 'mshare', key],
      value,
      'that of the first group that maps it',
    )
  }
}
