import type { Layout } from '../../geometry/layout.ts'
import { parseAddress } from '../../units/address.ts'
import type { Bytes, Pages } from '../../units/quantity.ts'
import { bytes, pages } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import type { Mapping, Region } from '../../workload/workload.ts'
import { defaults } from '../schema/defaults.ts'
import type { MappingText } from '../schema/scenario-text.ts'
import { outsideFlaw } from './check-places.ts'
import type { Draft, Part } from './desk.ts'
import { assume, choiceOf, complain, isBroken, resolveSize, sizeOf } from './desk.ts'
import { checkMultiple } from './resolve-regions.ts'
import { resolveTouched } from './resolve-touched.ts'

type MapPart = Part<Draft<MappingText>>

/** One mapping of a known region; `undefined` where its extent is not known. */
export function resolveMapping(part: MapPart, region: Region, layout: Layout): Mapping | undefined {
  const at = addressOf(part, region, layout)
  const offset = offsetOf(part, region, layout)
  const length = offset === undefined ? undefined : lengthOf(part, region, layout, offset)
  const touchedText = choiceOf(part, 'touched', 'all', 'default: every page is touched')
  const access = choiceOf(part, 'access', 'rw', 'default: read and write')
  const copied = privateOf(part, region)
  if (offset === undefined || length === undefined) return undefined
  const touched = resolveTouched(touchedText, {
    desk: part.desk,
    path: [...part.path, 'touched'],
    length,
    pageBytes: layout.pageBytes,
  })
  return {
    region: region.name,
    ...(at === undefined ? {} : { at, ...movableOf(part) }),
    offset: pages(offset / layout.pageBytes),
    length,
    touched,
    access,
    private: copied,
  }
}

/** Asked only where an address is given. */
function movableOf(part: MapPart): Pick<Mapping, 'movable'> {
  return choiceOf(part, 'movable', false, 'default: the program asks for this address')
    ? { movable: true }
    : {}
}

/** shmat() always maps MAP_SHARED: do_shmat() in ipc/shm.c. */
function privateOf(part: MapPart, { name, backing }: Region): boolean {
  const copied = choiceOf(part, 'private', false, 'default: a shared mapping')
  if (!copied || backing !== 'sysv-shm') return copied
  complain(part.desk, [...part.path, 'private'], {
    message: `\`${name}\` is sysv-shm, which cannot be attached privately`,
    expected: '`false`, or a region with another backing',
  })
  return false
}

function addressOf(part: MapPart, region: Region, layout: Layout): Pages | undefined {
  const text = choiceOf(part, 'at', 'auto', 'default: placed one after another')
  if (text === 'auto') return undefined
  const path = [...part.path, 'at']
  const reading = parseAddress(text, layout.pageBytes)
  const unit = region.pageBytes
  if (reading.ok && reading.page >= layout.userPages) {
    complain(part.desk, path, outsideFlaw(layout))
    return undefined
  }
  if (reading.ok && reading.page % (unit / layout.pageBytes) === 0) return reading.page
  const down = (BigInt(text) / BigInt(unit)) * BigInt(unit)
  complain(part.desk, path, {
    message: `\`${text}\` is not a multiple of the page size, ${writeSize(unit)}`,
    expected: `an address that is a multiple of 0x${unit.toString(16)}`,
    suggestion: `write "0x${down.toString(16)}"`,
  })
  return undefined
}

function offsetOf(part: MapPart, region: Region, layout: Layout): Bytes | undefined {
  const { pageBytes } = layout
  const offset = sizeOf(part, 'offset', pageBytes, defaults.none, "default: the region's start")
  if (offset === undefined) return undefined
  checkMultiple(part, 'offset', offset, region.pageBytes)
  if (offset % pageBytes !== 0) return undefined
  if (offset < region.pages * pageBytes) return offset
  complain(part.desk, [...part.path, 'offset'], {
    message: `begins past the end of \`${region.name}\`, which has ${writeSize(region.size)}`,
    expected: `less than ${writeSize(region.size)}`,
  })
  return undefined
}

function lengthOf(part: MapPart, region: Region, layout: Layout, offset: Bytes): Pages | undefined {
  if (isBroken(part, 'length')) return undefined
  const path = [...part.path, 'length']
  const rest = bytes(region.size - offset)
  const text = part.draft?.length
  if (text === undefined) {
    assume(part.desk, path, writeSize(rest), "default: to the region's end")
    return pages(region.pages - offset / layout.pageBytes)
  }
  const length = resolveSize(part.desk, text, path, layout.pageBytes)
  return length === undefined ? undefined : checkedLength(part, region, layout, offset, length)
}

function checkedLength(
  part: MapPart,
  region: Region,
  layout: Layout,
  offset: Bytes,
  length: Bytes,
): Pages | undefined {
  const path = [...part.path, 'length']
  const room = region.pages - offset / layout.pageBytes
  const wanted = Math.ceil(length / layout.pageBytes)
  if (length === 0) {
    const flaw = { message: 'an empty mapping cannot be made', expected: 'more than 0 B' }
    complain(part.desk, path, flaw)
    return undefined
  }
  if (wanted > room) {
    complain(part.desk, path, {
      message: `reaches past the end of \`${region.name}\`, which has ${writeSize(region.size)}`,
      expected: `at most ${writeSize(bytes(region.size - offset))} from offset ${writeSize(offset)}`,
    })
    return undefined
  }
  if (region.pageBytes > layout.pageBytes) checkMultiple(part, 'length', length, region.pageBytes)
  return pages(wanted)
}
