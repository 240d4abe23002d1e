import type { Choices } from '../choices.ts'
import { hostileNumber, hostileText } from '../hostile.ts'

type Draw = (choices: Choices) => unknown
/** Keys with what is drawn for them; one that begins with `!` is always there, with `?` rarely. */
type Shape = Readonly<Record<string, Draw>>

/** A scenario that mostly means something, as data: small, so that a plan of it is quick. */
export function scenarioData(choices: Choices): Record<string, unknown> {
  return filled(scenario, choices)
}

const regionNames = ['sga', 'pool', 'a b', 'プール']
const groupNames = ['clients', 'g', 'x.y']
const layouts = [
  'x86-64',
  'x86-64-5level',
  'arm64-4k-48',
  'arm64-64k-42',
  'arm64-16k-47',
  'riscv64-sv39',
  'riscv64-sv57',
  'ppc64-radix-64k',
  's390x',
  'armv7',
]
const ids = [
  'as-described',
  'base-pages',
  'threads',
  'hugetlb-2m',
  'hugetlb-1g',
  'thp-2m',
  'mshare',
  'hugetlb-512m',
]
const programs = ['postgresql', 'oracle', 'mysql', 'mariadb', 'java', 'redis', 'hana', 'other']
const backings = [
  'sysv-shm',
  'posix-shm',
  'memfd',
  'anonymous-shared',
  'file',
  'dax',
  'hugetlbfs',
  'anonymous',
]
const risks = ['safe', 'tight', 'swapping', 'oom']

const yes: Draw = (choices) => choices.oneIn(2)
const number =
  (least: number, most: number): Draw =>
  (choices) =>
    choices.oneIn(80) ? Number(hostileNumber(choices)) : least + choices.below(most - least + 1)
const word =
  (...words: readonly string[]): Draw =>
  (choices) =>
    choices.pick(words)
const size =
  (...units: readonly string[]): Draw =>
  (choices) =>
    choices.oneIn(100) ? hostileNumber(choices) : `${1 + choices.below(600)} ${choices.pick(units)}`
const share: Draw = (choices) => `${choices.below(choices.oneIn(5) ? 1000 : 101)}%`
const orShare: Draw = (choices) => (choices.oneIn(2) ? share(choices) : size('MiB', 'GiB')(choices))
const named =
  (names: readonly string[], draw: Draw): Draw =>
  (choices) =>
    Object.fromEntries(
      [names[0] ?? '', ...choices.some(2, () => choices.pick(names))].map((name) => [
        name,
        draw(choices),
      ]),
    )
const shaped =
  (shape: Shape): Draw =>
  (choices) =>
    filled(shape, choices)
const listed =
  (most: number, draw: Draw): Draw =>
  (choices) =>
    choices.some(most, () => draw(choices))
const one =
  (...draws: readonly Draw[]): Draw =>
  (choices) =>
    choices.pick(draws)(choices)

const touched = one(
  word('all', 'none'),
  share,
  shaped({ '!first': orShare }),
  shaped({ '!every': size('KiB', 'MiB') }),
  shaped({
    '!pages': (choices) =>
      choices.some(5, () => `${choices.below(900)}-${choices.below(999)}`).join(),
  }),
  shaped({
    '!ranges': listed(3, shaped({ '!offset': size('KiB', 'MiB'), '!length': size('KiB', 'MiB') })),
  }),
  shaped({
    '!random': one(share, size('KiB', 'MiB'), word('1 pages', '1000 pages')),
    in: size('KiB', 'MiB'),
  }),
  shaped({
    '!zipf': shaped({
      '!exponent': word('0', '1', '1.1', '3e2'),
      '!accesses': word('1', '1e7', '9007199254740991'),
      order: word('in-order', 'scattered'),
    }),
  }),
)

const mapping: Shape = {
  '!region': word(...Array<string>(12).fill('sga'), ...regionNames),
  '?at': one(
    word('auto'),
    (choices) => `0x${choices.below(2 ** 40).toString(16)}000`,
    (choices) => `${choices.below(99)} GiB`,
  ),
  movable: yes,
  '?offset': size('KiB', 'MiB'),
  '?length': size('KiB', 'MiB', 'GiB'),
  touched,
  access: word('rw', 'ro'),
  private: yes,
}

const region: Shape = {
  '!size': size('KiB', 'MiB', 'GiB'),
  backing: word(...backings),
  '?pageSize': word('4 KiB', '2 MiB', '1 GiB', '64 KiB', '512 MiB'),
  thp: yes,
  locked: yes,
  '?resident': one(size('MiB', 'GiB'), shaped({ '!atLeast': size('MiB', 'GiB') })),
  fallback: word('fail', 'base-pages', 'mixed'),
  '?after': word(...regionNames),
  program: word(...programs),
  programRelease: word('9.3', '16', '19', '8.0', '5.7', '21'),
  '?objects': number(1, 5),
  '?copies': number(1, 4),
  '?mshare': one(
    yes,
    shaped({
      mode: word('0600', '0660', '0444', '600'),
      uid: number(0, 2000),
      gid: number(0, 2000),
      owner: word(...groupNames),
    }),
  ),
}

const group: Shape = {
  '!processes': number(0, 2000),
  '?copies': number(1, 4),
  threads: number(1, 40),
  private: size('KiB', 'MiB', 'GiB'),
  '?lockedPrivate': size('KiB'),
  baseTables: size('KiB', 'MiB'),
  kernelMemory: size('KiB'),
  uid: number(0, 2000),
  gid: number(0, 2000),
  '?cgroup': word('tenant', 'web'),
  oomScoreAdj: number(-1000, 1000),
  shortLived: yes,
  '!maps': listed(3, shaped(mapping)),
}

const host: Shape = {
  '!memory': size('GiB', 'GiB', 'TiB', 'MiB'),
  '?layout': word(...layouts),
  kernel: word('4.15', '5.10', '6.1', '6.18', '7.2', '4.18', '5.15', '6.8', '99.0'),
  pti: yes,
  swap: size('GiB', 'MiB'),
  reserve: one(size('MiB', 'GiB'), named(['os', 'agents'], size('MiB', 'GiB'))),
  '?minFree': size('MiB'),
  '?hugepages': named(['2 MiB', '1 GiB', '512 MiB', '16 MiB'], number(0, 5000)),
  '?hugepageSizes': listed(2, word('2 MiB', '1 GiB', '64 KiB')),
  overcommit: shaped({ mode: word('heuristic', 'always', 'never'), ratio: number(0, 120) }),
  thp: shaped({
    anonymous: word('always', 'madvise', 'never'),
    shmem: word('always', 'within_size', 'advise', 'never'),
  }),
  cgroups: named(['tenant', 'web'], shaped({ '!limit': size('MiB', 'GiB') })),
}

const measured: Shape = {
  pageTables: size('MiB', 'GiB'),
  groups: named(
    groupNames,
    shaped({
      '!processes': number(0, 2000),
      '!vmPte': size('KiB', 'MiB'),
      fitted: yes,
      ownTables: shaped({ '!least': size('KiB'), '!most': size('MiB'), '!mapped': size('MiB') }),
    }),
  ),
  elsewhere: shaped({ '!processes': number(0, 99), '!vmPte': size('KiB'), partial: yes }),
  withoutMappings: number(0, 9),
  sources: named(['pageTables', 'groups.clients'], hostileText),
}

const scenario: Shape = {
  '!version': () => 1,
  name: hostileText,
  '!host': shaped(host),
  '!regions': named(regionNames, shaped(region)),
  '!groups': named(groupNames, shaped(group)),
  '?mshare': shaped({ revision: word('rfc-2022', 'v3-2025') }),
  // Plans of every strategy cost five times as much, and are drawn by the command.
  '!strategies': (choices) =>
    choices.oneIn(12) ? choices.some(8, () => choices.pick(ids)) : [choices.pick(ids)],
  gates: shaped({
    risk: word(...risks),
    headroom: orShare,
    pageTables: orShare,
    residual: orShare,
    findings: word('info', 'warning', 'error'),
    growth: one(orShare, listed(2, orShare)),
    strategy: word(...ids),
  }),
  '?allow': listed(
    2,
    shaped({
      '!finding': word('MSP001', 'MSP012', 'huge-pages-today', 'x'),
      '!until': word('2026-12-31', '2020-01-01', '2026-02-30'),
      '!reason': hostileText,
    }),
  ),
  '?measured': shaped(measured),
  '?assumed': named(['host.memory', 'groups.g.private', 'regions.sga'], hostileText),
}

function filled(shape: Shape, choices: Choices): Record<string, unknown> {
  const given = Object.entries(shape).filter(
    ([key]) => key.startsWith('!') || choices.oneIn(key.startsWith('?') ? 16 : 4),
  )
  return Object.fromEntries(given.map(([key, draw]) => [key.replace(/^[!?]/, ''), draw(choices)]))
}

/** The data with one to three faults: a value of another kind, a key that is unknown, moved or gone. */
export function damagedData(data: Record<string, unknown>, choices: Choices): unknown {
  for (let faults = 1 + choices.below(3); faults > 0; faults -= 1) {
    const places = placesIn(data)
    if (places.length > 0) choices.pick(dataFaults)(choices.pick(places), choices, places)
  }
  return data
}

type DataFault = (place: Place, choices: Choices, places: readonly Place[]) => void

const dataFaults: readonly DataFault[] = [
  ({ holder, key }) => {
    delete holder[key]
  },
  ({ holder, key }, choices) => {
    Object.assign(holder, { [keyFor(holder, choices)]: holder[key] })
  },
  ({ holder, key }, choices) => {
    holder[key] = hostileText(choices)
  },
  ({ holder, key }, choices) => {
    holder[key] = Number(hostileNumber(choices))
  },
  ({ holder, key }, choices) => {
    holder[key] = choices.pick([null, true, [], {}, [[]], [{}], 1e21, 0.1, ''])
  },
  ({ holder, key }, choices, places) => {
    holder[key] = structuredClone(choices.pick(places).holder)
  },
]

function keyFor(holder: object, choices: Choices): string {
  return Array.isArray(holder) ? String(holder.length) : hostileText(choices)
}

interface Place {
  readonly holder: Record<string, unknown>
  readonly key: string
}

function placesIn(value: unknown): readonly Place[] {
  if (typeof value !== 'object' || value === null) return []
  const holder = value as Record<string, unknown>
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesIn(holder[key])])
}
