import { frameKib } from '../files/mapping.ts'
import type { SpanSet } from '../files/spans.ts'
import { spanCount, unionOf } from '../files/spans.ts'
import { pagesOf, presentKib, reachOf } from '../machine/object-lookup.ts'
import type { MappedObject, SeenProcess, SeenSpace } from '../machine/observation.ts'
import type { Scale } from '../machine/space-gathering.ts'
import type { CapturedRegion } from './captured-regions.ts'
import type { OwnCount } from './own-tables.ts'
import { countOwnTables } from './own-tables.ts'

/** A captured process with what it maps of the regions, by address. */
export interface CapturedProcess {
  readonly seen: SeenProcess
  readonly parts: readonly MappedPart[]
  /** Absent where only maps was read. */
  readonly own?: OwnCount
}

/** A mapping of a region, in base pages. */
export interface MappedPart {
  readonly region: CapturedRegion
  readonly start: number
  readonly pages: number
  readonly offset: number
  readonly writable: boolean
  /** Base pages to a span: what one lowest table of it spans. */
  readonly reach: number
  readonly spans: number
  readonly touch: Touch
}

/** Which spans a process has touched, as far as it can be known. */
export type Touch =
  | {
      readonly kind: 'exact'
      readonly spans: SpanSet
      readonly pages: number
      /** No file shows the touched pages: capture assumes all. */
      readonly supposed?: true
    }
  /** Bounds of the number of spans; resident pages, where smaps shows them, and its share by Pss. */
  | {
      readonly kind: 'bounds'
      readonly least: number
      readonly most: number
      readonly pages?: number
      readonly share?: number
    }

/** What processes map of the regions. Those with one and the same space have the same. */
export function capturedProcesses(
  processes: readonly SeenProcess[],
  regions: ReadonlyMap<string, CapturedRegion>,
  scale: Scale,
): readonly CapturedProcess[] {
  const known = new Map<SeenSpace | undefined, CapturedProcess>()
  return processes.map((seen) => {
    const alike = known.get(seen.space)
    if (alike !== undefined) return { ...alike, seen }
    const captured = capturedProcess(seen, regions, scale)
    known.set(seen.space, captured)
    return captured
  })
}

/** The mappings of a process that are of regions, those that adjoin joined. */
function capturedProcess(
  seen: SeenProcess,
  regions: ReadonlyMap<string, CapturedRegion>,
  scale: Scale,
): CapturedProcess {
  const parts: MappedPart[] = []
  for (const mapped of seen.space?.mapped ?? []) {
    const region = regions.get(mapped.object)
    if (region === undefined) continue
    const part = partOf(mapped, region, scale)
    const last = parts.at(-1)
    const joined = last === undefined ? undefined : join(last, part)
    if (joined === undefined) parts.push(part)
    else parts[parts.length - 1] = joined
  }
  return { seen, parts, ...ownOf(seen, regions, scale) }
}

function ownOf(
  { space }: SeenProcess,
  regions: ReadonlyMap<string, CapturedRegion>,
  scale: Scale,
): Pick<CapturedProcess, 'own'> {
  if (space?.privates === undefined) return {}
  const isRegion = ({ object }: MappedObject): boolean => regions.has(object)
  return { own: countOwnTables(space.privates, space.mapped, scale, isRegion) }
}

function partOf(mapped: MappedObject, region: CapturedRegion, scale: Scale): MappedPart {
  const { mapping } = mapped
  const reach = reachOf(mapped, scale)
  const spans = spanCount(mapping.start, mapping.end - mapping.start, reach)
  return {
    region,
    start: mapping.start / scale.pageFrames,
    pages: pagesOf(mapped, scale),
    // Private huge pages are no part of anything: each process has its own from the start.
    offset: region.object.kind === 'private-hugetlb' ? 0 : mapping.offset / scale.pageFrames,
    writable: mapping.writable,
    reach: reach / scale.pageFrames,
    spans,
    touch: touchOf(mapped, spans, scale),
  }
}

function touchOf(mapped: MappedObject, spans: number, scale: Scale): Touch {
  const { touched, supposed } = mapped
  if (touched !== undefined) return { kind: 'exact', ...touched, ...(supposed && { supposed }) }
  const present = presentKib(mapped)
  if (present === undefined) return { kind: 'bounds', least: 0, most: spans }
  const pages = Math.ceil(present / frameKib / scale.pageFrames)
  const perSpan = reachOf(mapped, scale) / scale.pageFrames
  const least = Math.min(spans, Math.ceil(pages / perSpan))
  const share = (mapped.mapping.counts?.pss ?? 0) / frameKib / scale.pageFrames
  return { kind: 'bounds', least, most: Math.min(spans, pages), pages, share }
}

/** One mapping of two that lie side by side in memory and in the region. */
function join(first: MappedPart, second: MappedPart): MappedPart | undefined {
  const adjoin =
    first.region === second.region &&
    first.writable === second.writable &&
    first.start + first.pages === second.start &&
    first.offset + first.pages === second.offset
  if (!adjoin || first.touch.kind !== second.touch.kind) return undefined
  const pages = first.pages + second.pages
  const spans = spanCount(first.start, pages, first.reach)
  return { ...first, pages, spans, touch: joinedTouch(first, second) }
}

function joinedTouch(first: MappedPart, second: MappedPart): Touch {
  const [one, other] = [first.touch, second.touch]
  if (one.kind === 'exact' && other.kind === 'exact') {
    const shift = Math.floor(second.start / second.reach) - Math.floor(first.start / first.reach)
    const runs = other.spans.runs.map((span) => span + shift)
    const spans = unionOf([one.spans, { count: other.spans.count, runs }])
    const supposed = one.supposed ?? other.supposed
    return { kind: 'exact', spans, pages: one.pages + other.pages, ...(supposed && { supposed }) }
  }
  if (one.kind !== 'bounds' || other.kind !== 'bounds') throw new RangeError('unlike touches')
  const pages =
    one.pages === undefined || other.pages === undefined ? undefined : one.pages + other.pages
  return {
    kind: 'bounds',
    // The last span of the one may be the first of the other.
    least: Math.max(one.least, other.least, one.least + other.least - 1),
    most: one.most + other.most,
    ...(pages === undefined ? {} : { pages, share: (one.share ?? 0) + (other.share ?? 0) }),
  }
}
