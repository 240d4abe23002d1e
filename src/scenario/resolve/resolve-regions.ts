import type { Layout } from '../../geometry/layout.ts'
import type { Bytes, Count } from '../../units/quantity.ts'
import { count, pages } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import type { Host } from '../../workload/host.ts'
import type { Backing, Program, Region, ResidentAmount } from '../../workload/region.ts'
import { defaults } from '../schema/defaults.ts'
import type { RegionText } from '../schema/scenario-text.ts'
import type { Flaw } from '../yaml/issue.ts'
import { copiesOf } from './copies.ts'
import { checkMultiple, pageSizeOf } from './page-sizes.ts'
import { mshareOf } from './resolve-mshare.ts'
import type { DeepPartial, Section } from './section.ts'
import { assume, choiceOf, complain, isBroken, resolveSize } from './section.ts'
import { thpOf } from './transparent-pages.ts'

type RegionSection = Section<DeepPartial<RegionText>>

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
  const flaw = { message: 'a region cannot be empty', expected: 'more than 0 B' }
  complain(log, [...path, 'size'], flaw)
  return undefined
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
    message: 'larger than the region',
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
