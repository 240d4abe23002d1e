import fc from 'fast-check'
import type {
  HostText,
  RegionText,
  StepText,
} from '../../../../src/scenario/schema/scenario-text.ts'
import { nth } from '../../../build.ts'
import { readOrder, writeOrder } from './caller-program.ts'

/** A region of a sequence, in base pages. */
export interface DrawnRegion {
  readonly kind: Kind
  readonly pages: number
  /** From the end of the one before, or of the territory. */
  readonly gap: number
}

export type Kind = keyof typeof kinds

const [protRead, protWrite] = [1, 2] as const
const [mapShared, mapPrivate, mapFixed, mapAnonymous, mapHugetlb, mapNoReserve] = [
  0x01, 0x02, 0x100000, 0x20, 0x40000, 0x4000,
]

interface KindRules {
  readonly text: Omit<RegionText, 'size'>
  readonly map: { readonly access?: 'ro'; readonly private?: true }
  readonly flags: number
  readonly ofFile: boolean
}

const kinds = {
  shared: { text: {}, map: {}, flags: mapShared, ofFile: true },
  'shared, read': { text: {}, map: { access: 'ro' }, flags: mapShared, ofFile: true },
  anonymous: {
    text: { backing: 'anonymous' },
    map: {},
    flags: mapPrivate + mapAnonymous,
    ofFile: false,
  },
  'anonymous, read': {
    text: { backing: 'anonymous' },
    map: { access: 'ro' },
    flags: mapPrivate + mapAnonymous,
    ofFile: false,
  },
  copied: { text: {}, map: { private: true }, flags: mapPrivate, ofFile: true },
  'copied, read': {
    text: {},
    map: { private: true, access: 'ro' },
    flags: mapPrivate,
    ofFile: true,
  },
  hugetlb: {
    text: { backing: 'anonymous-shared', pageSize: '2 MiB' },
    map: {},
    flags: mapShared + mapAnonymous + mapHugetlb,
    ofFile: false,
  },
} as const satisfies Readonly<Record<string, KindRules>>

/** Something to do, in parts of 60 of what there is. */
export interface DrawnDeed {
  readonly deed: 'touch' | 'unmap' | 'dontneed' | 'attach' | 'fork' | 'exit'
  readonly region: number
  readonly from: number
  readonly length: number
}

export interface DrawnSequence {
  readonly regions: readonly DrawnRegion[]
  readonly deeds: readonly DrawnDeed[]
  /** Private memory asks for transparent huge pages; otherwise the process has none. */
  readonly thp: boolean
}

const [ptePages, hugePages] = [512, 512]

/** Sequences of regions of some kinds, sizes and gaps around what one table spans. */
export function anySequence(some: readonly Kind[]): fc.Arbitrary<DrawnSequence> {
  const isHuge = some.includes('hugetlb')
  const sizes = isHuge ? [1, 2, 4].map((one) => one * hugePages) : [1, 3, 511, 512, 513, 1025, 2000]
  const gaps = isHuge ? [0, hugePages, 2 ** 18] : [1, 100, ptePages - 1, ptePages, 2 ** 18 - 700]
  const region = fc.record({
    kind: fc.constantFrom(...some),
    pages: fc.constantFrom(...sizes),
    gap: fc.constantFrom(...gaps),
  })
  const deed = fc.record({
    deed: fc.constantFrom(
      ...(['touch', 'touch', 'touch', 'unmap', 'unmap', 'dontneed', 'dontneed'] as const),
      ...(['attach', 'fork', 'fork', 'exit'] as const),
    ),
    region: fc.nat(3),
    from: fc.nat(59),
    length: fc.integer({ min: 1, max: 60 }),
  })
  return fc.record({
    regions: fc.array(region, { minLength: 1, maxLength: 4 }),
    deeds: fc.array(deed, { minLength: 4, maxLength: 14 }),
    thp: fc.boolean(),
  })
}

/** One step, as the scenario has it and as calls of the process. */
export interface Step {
  readonly step: StepText
  readonly calls: readonly (readonly number[])[]
  readonly does: 'fork' | 'exit' | 'else'
}

/** A sequence as a scenario, and the calls that make it happen. */
export interface Play {
  readonly scenario: object
  readonly first: readonly (readonly number[])[]
  readonly steps: readonly Step[]
  /** Calls that leave nothing behind. */
  readonly last: readonly (readonly number[])[]
}

const pageBytes = 4096
/** A span of the highest table that the program itself has nothing in. */
const territory = 2 ** 46
const [mmapCall, munmapCall, madviseCall, forkCall, prctlCall, exitCall] = [9, 11, 28, 57, 157, 60]
const [madvDontNeed, madvHugePage, prSetThpDisable] = [4, 14, 41]

interface Placed extends DrawnRegion {
  readonly at: number
  readonly name: string
  readonly rules: KindRules
  readonly isHuge: boolean
  readonly fileOffset: number
}

function placedIn({ regions, thp }: DrawnSequence): readonly Placed[] {
  let end = territory
  return regions.map((region, index) => {
    const at = end + region.gap * pageBytes
    end = at + region.pages * pageBytes
    const isHuge = thp && region.kind.startsWith('anonymous')
    const fileOffset = index * fileStride
    return { ...region, at, name: `r${index}`, rules: kinds[region.kind], isHuge, fileOffset }
  })
}

function mapCalls({ rules, at, pages, isHuge, fileOffset }: Placed): Step['calls'] {
  const bytes = pages * pageBytes
  const protection = protRead + (rules.map.access === 'ro' ? 0 : protWrite)
  const file = rules.ofFile ? [3, fileOffset] : [-1, 0]
  return [
    [mmapCall, at, bytes, protection, rules.flags + mapFixed + mapNoReserve, ...file],
    ...(isHuge ? [[madviseCall, at, bytes, madvHugePage]] : []),
  ]
}

/** What the process that acts has mapped, page by page of each region; and what its parent has. */
interface Process {
  readonly mapped: readonly boolean[][]
  readonly parent?: Process
}

/** Pages of a deed, from one up to another. */
interface Part {
  readonly one: Placed
  readonly first: number
  readonly end: number
  readonly there: boolean[]
}

/** A step, and who acts after it; `undefined` where the deed is not possible at its time. */
type Doing = (
  part: Part,
  process: Process,
) => { readonly step: Step; readonly process: Process } | undefined

function groupOf({ parent }: Process): 'parents' | 'children' {
  return parent === undefined ? 'parents' : 'children'
}

function partText({ first, end }: Part): { readonly offset: string; readonly length: string } {
  return { offset: `${first} pages`, length: `${end - first} pages` }
}

const doings: Readonly<Record<DrawnDeed['deed'], Doing>> = {
  touch: ({ one, first, end, there }, process) => {
    const runs = runsIn(there, first, end)
    const order = one.rules.map.access === 'ro' ? readOrder : writeOrder
    const ranges = runs.map(([a, b]) => ({ offset: `${a} pages`, length: `${b - a} pages` }))
    const calls = runs.map(([a, b]) => {
      return [order, one.at + a * pageBytes, one.at + b * pageBytes, pageBytes]
    })
    const step = { touch: { [groupOf(process)]: { [one.name]: { ranges } } } }
    return runs.length === 0 ? undefined : { step: { step, calls, does: 'else' }, process }
  },
  unmap: (part, process) => {
    const { one, first, end, there } = part
    there.fill(false, first, end)
    const calls = [[munmapCall, one.at + first * pageBytes, (end - first) * pageBytes]]
    const step = { unmap: { [groupOf(process)]: { [one.name]: partText(part) } } }
    return { step: { step, calls, does: 'else' }, process }
  },
  dontneed: (part, process) => {
    const { one, first, end } = part
    const at = one.at + first * pageBytes
    const calls = [[madviseCall, at, (end - first) * pageBytes, madvDontNeed]]
    const step = { dontneed: { [groupOf(process)]: { [one.name]: partText(part) } } }
    return { step: { step, calls, does: 'else' }, process }
  },
  attach: ({ one, there }, process) => {
    if (there.includes(true)) return undefined
    there.fill(true)
    const step = { attach: { [groupOf(process)]: one.name } }
    return { step: { step, calls: mapCalls(one), does: 'else' }, process }
  },
  fork: (_part, process) => {
    // What its parent has not, a child would map by itself.
    const hasAll = process.mapped.every((there) => there.includes(true))
    if (process.parent !== undefined || !hasAll) return undefined
    const step = { fork: { parents: { into: 'children', processes: 1 } } }
    const child = { mapped: process.mapped.map((there) => [...there]), parent: process }
    return { step: { step, calls: [[forkCall]], does: 'fork' }, process: child }
  },
  exit: (_part, { parent }) => {
    const step = { stop: { children: 1 } }
    return parent && { step: { step, calls: [[exitCall]], does: 'exit' }, process: parent }
  },
}

function stepsOf(placed: readonly Placed[], deeds: readonly DrawnDeed[]): readonly Step[] {
  let process: Process = { mapped: placed.map(({ pages }) => Array(pages).fill(true)) }
  return deeds.flatMap(({ deed, region, from, length }) => {
    const index = region % placed.length
    const one = nth(placed, index)
    const unit = one.kind === 'hugetlb' ? hugePages : 1
    const units = one.pages / unit
    const first = Math.floor((from * units) / 60) * unit
    const end = Math.min(one.pages, first + Math.ceil((length * units) / 60) * unit)
    const done = doings[deed]({ one, first, end, there: nth(process.mapped, index) }, process)
    process = done?.process ?? process
    return done === undefined ? [] : [done.step]
  })
}

/** Deeds that are not possible at their time are left away. */
export function playOf(drawn: DrawnSequence, host: HostText): Play {
  const placed = placedIn(drawn)
  const { thp } = drawn
  const end = Math.max(...placed.map(({ at, pages }) => at + pages * pageBytes))
  const steps = stepsOf(placed, drawn.deeds)
  const maps = placed.map(({ name, at, rules }) => ({
    region: name,
    at: `0x${at.toString(16)}`,
    touched: 'none' as const,
    ...rules.map,
  }))
  return {
    scenario: {
      version: 1,
      host,
      strategies: ['as-described'],
      regions: Object.fromEntries(
        placed.map(({ name, pages, rules, isHuge }) => [
          name,
          { size: `${pages * pageBytes} B`, ...rules.text, ...(isHuge ? { thp: true } : {}) },
        ]),
      ),
      groups: {
        parents: { processes: 1, baseTables: '0 B', maps },
        children: { processes: 0, baseTables: '0 B', maps },
      },
      timeline: steps.map(({ step }) => step),
    },
    first: [[prctlCall, prSetThpDisable, thp ? 0 : 1], ...placed.flatMap(mapCalls)],
    steps,
    last: [[munmapCall, territory, end - territory]],
  }
}

/** What the file must have behind it. */
export const fileStride = 16 * 2 ** 20
export const mostFileBytes: number = 4 * fileStride

/** Runs of pages that are mapped, between two. */
function runsIn(
  there: readonly boolean[],
  from: number,
  to: number,
): readonly (readonly [number, number])[] {
  const runs: [number, number][] = []
  for (let page = from; page < to; page += 1) {
    const last = runs.at(-1)
    if (there[page] !== true) continue
    if (last !== undefined && last[1] === page) last[1] = page + 1
    else runs.push([page, page + 1])
  }
  return runs
}
