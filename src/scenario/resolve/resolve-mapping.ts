import type { Layout } from '../../geometry/layout.ts'
import { parseAddress } from '../../units/address.ts'
import type { Bytes, Pages } from '../../units/quantity.ts'
import { bytes, pages } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import type { Mapping } from '../../workload/group.ts'
import type { Region } from '../../workload/region.ts'
import { defaults } from '../schema/defaults.ts'
import type { MappingText } from '../schema/scenario-text.ts'
import { outsideFlaw } from './check-places.ts'
import { checkMultiple } from './page-sizes.ts'
import { resolveTouched } from './resolve-touched.ts'
import type { DeepPartial, Section } from './section.ts'
import { assume, choiceOf, complain, isBroken, resolveSize, sizeOf } from './section.ts'

type MappingSection = Section<DeepPartial<MappingText>>

/** One mapping of a known region; `undefined` where its extent is not known. */
export function resolveMapping(
  section: MappingSection,
  region: Region,
  layout: Layout,
): Mapping | undefined {
  const at = addressOf(section, region, layout)
  const offset = offsetOf(section, region, layout)
  const length = offset === undefined ? undefined : lengthOf(section, region, layout, offset)
  const touchedText = choiceOf(section, 'touched', 'all', 'default: every page is touched')
  const access = choiceOf(section, 'access', 'rw', 'default: read and write')
  const copied = privateOf(section, region)
  if (offset === undefined || length === undefined) return undefined
  const touched = resolveTouched(touchedText, {
    log: section.log,
    path: [...section.path, 'touched'],
    length,
    pageBytes: layout.pageBytes,
  })
  return {
    region: region.name,
    ...(at === undefined ? {} : { at, ...movableOf(section) }),
    offset: pages(offset / layout.pageBytes),
    length,
    touched,
    access,
    private: copied,
  }
}

/** Asked only where an address is given. */
function movableOf(section: MappingSection): Pick<Mapping, 'movable'> {
  return choiceOf(section, 'movable', false, 'default: the program asks for this address')
    ? { movable: true }
    : {}
}

/** shmat() always maps MAP_SHARED: do_shmat() in ipc/shm.c. */
function privateOf(section: MappingSection, { name, backing }: Region): boolean {
  const copied = choiceOf(section, 'private', false, 'default: a shared mapping')
  if (!copied || backing !== 'sysv-shm') return copied
  complain(section.log, [...section.path, 'private'], {
    message: `\`${name}\` is sysv-shm, which cannot be attached privately`,
    expected: '`false`, or a region with another backing',
  })
  return false
}

function addressOf(section: MappingSection, region: Region, layout: Layout): Pages | undefined {
  const text = choiceOf(section, 'at', 'auto', 'default: placed one after another')
  if (text === 'auto') return undefined
  const path = [...section.path, 'at']
  const reading = parseAddress(text, layout.pageBytes)
  const unit = region.pageBytes
  if (reading.ok && reading.page >= layout.userPages) {
    complain(section.log, path, outsideFlaw(layout))
    return undefined
  }
  if (reading.ok && reading.page % (unit / layout.pageBytes) === 0) return reading.page
  const down = (BigInt(text) / BigInt(unit)) * BigInt(unit)
  complain(section.log, path, {
    message: `\`${text}\` is not a multiple of the page size, ${writeSize(unit)}`,
    expected: `an address that is a multiple of 0x${unit.toString(16)}`,
    suggestion: `write "0x${down.toString(16)}"`,
  })
  return undefined
}

function offsetOf(section: MappingSection, region: Region, layout: Layout): Bytes | undefined {
  const { pageBytes } = layout
  const offset = sizeOf(section, 'offset', pageBytes, defaults.none, "default: the region's start")
  if (offset === undefined) return undefined
  checkMultiple(section, 'offset', offset, region.pageBytes)
  if (offset % pageBytes !== 0) return undefined
  if (offset < region.pages * pageBytes) return offset
  complain(section.log, [...section.path, 'offset'], {
    message: `begins past the end of \`${region.name}\`, whose size is ${writeSize(region.size)}`,
    expected: `less than ${writeSize(region.size)}`,
  })
  return undefined
}

function lengthOf(
  section: MappingSection,
  region: Region,
  layout: Layout,
  offset: Bytes,
): Pages | undefined {
  if (isBroken(section, 'length')) return undefined
  const path = [...section.path, 'length']
  const rest = bytes(region.size - offset)
  const text = section.given?.length
  if (text === undefined) {
    assume(section.log, path, writeSize(rest), "default: to the region's end")
    return pages(region.pages - offset / layout.pageBytes)
  }
  const length = resolveSize(section.log, text, path, layout.pageBytes)
  return length === undefined ? undefined : checkedLength(section, region, layout, offset, length)
}

function checkedLength(
  section: MappingSection,
  region: Region,
  layout: Layout,
  offset: Bytes,
  length: Bytes,
): Pages | undefined {
  const path = [...section.path, 'length']
  const room = region.pages - offset / layout.pageBytes
  const wanted = Math.ceil(length / layout.pageBytes)
  if (length === 0) {
    const flaw = { message: 'a mapping cannot be empty', expected: 'more than 0 B' }
    complain(section.log, path, flaw)
    return undefined
  }
  if (wanted > room) {
    complain(section.log, path, {
      message: `ends past the end of \`${region.name}\`, whose size is ${writeSize(region.size)}`,
      expected: `at most ${writeSize(bytes(region.size - offset))} from offset ${writeSize(offset)}`,
    })
    return undefined
  }
  if (region.pageBytes > layout.pageBytes)
    checkMultiple(section, 'length', length, region.pageBytes)
  return pages(wanted)
}
