import { describe, expect, test } from 'vitest'
import { readScenario } from '../../src/scenario/read-scenario.ts'
import { minimal, places, read, variant } from './reading.ts'

const group = (text: string, more = '') =>
  read(variant(['{ region: sga }', text], ['    private: 6 MB\n', `    private: 6 MB\n${more}`]))
    .workload.groups[0]
const touched = (text: string) =>
  group(`{ region: sga, length: 40 KiB, touched: ${text} }`)?.maps[0]?.touched
const host = (more: string) =>
  read(variant(['  memory: 512 GB\n', `  memory: 512 GB\n${more}\n`])).workload.host
const region = (text: string, more = '') =>
  read(
    variant(
      ['size: 300 GB, backing: posix-shm', text],
      ['  memory: 512 GB\n', `  memory: 512 GB\n${more}`],
    ),
  ).workload.regions[0]
const clusters = (drawn: number, clusterPages: number) => ({
  kind: 'clusters',
  drawn,
  clusterPages,
})
const ranges = (...pairs: readonly (readonly [number, number])[]) => ({
  kind: 'ranges',
  ranges: pairs.map(([first, length]) => ({ first, length })),
})

test('the shortest scenario is complete: everything else has a default', () => {
  const { name, workload } = read(minimal)
  expect(name).toBe('Oracle SGA of 300 GB, 1500 dedicated connections')
  expect(workload.host).toMatchObject({
    memory: 549_755_813_888,
    layout: { id: 'x86-64' },
    kernel: { major: 6, minor: 18 },
    pti: false,
    swap: 0,
    reserves: [],
    hugepages: [],
    overcommit: { mode: 'heuristic', ratio: 50 },
    thp: { anonymous: 'madvise', shmem: 'never' },
    cgroups: [],
  })
  expect(workload.host).not.toHaveProperty('minFree')
  expect(workload.regions).toEqual([
    {
      name: 'sga',
      size: 322_122_547_200,
      pages: 78_643_200,
      backing: 'posix-shm',
      pageBytes: 4096,
      thp: false,
      locked: false,
      fallback: 'fail',
      program: 'other',
      objects: 1,
    },
  ])
  expect(workload.groups).toEqual([
    {
      name: 'clients',
      processes: 1500,
      threads: 1,
      private: 6_291_456,
      lockedPrivate: 0,
      // 160 KiB, and 3 pte tables of 6 MiB of private memory.
      baseTables: 176_128,
      assumedTables: 163_840,
      kernelMemory: 49_152,
      uid: 0,
      gid: 0,
      oomScoreAdj: 0,
      shortLived: false,
      maps: [
        {
          region: 'sga',
          offset: 0,
          length: 78_643_200,
          touched: ranges([0, 78_643_200]),
          access: 'rw',
          private: false,
        },
      ],
    },
  ])
  expect(workload.mshareRevision).toBe('v3-2025')
  expect(workload.gates).toEqual({ strategy: 'as-described' })
  expect(workload).not.toHaveProperty('strategies')
})

test('every default that is used is an assumption with its path, as it would be written', () => {
  const { assumptions } = read(minimal)
  expect(assumptions.map(({ path, value }) => `${path}: ${value}`)).toEqual([
    'host.layout: x86-64',
    'host.kernel: 6.18',
    'host.pti: false',
    'host.swap: 0 B',
    'host.reserve: 0 B',
    'host.hugepages: {}',
    'host.hugepageSizes: [2 MiB, 1 GiB]',
    'host.overcommit.mode: heuristic',
    'host.overcommit.ratio: 50',
    'host.thp.anonymous: madvise',
    'host.thp.shmem: never',
    'host.cgroups: none',
    'regions.sga.pageSize: 4 KiB',
    'regions.sga.thp: false',
    'regions.sga.locked: false',
    'regions.sga.fallback: fail',
    'regions.sga.program: other',
    'regions.sga.resident: { atLeast: 0 B }',
    'regions.sga.objects: 1',
    'regions.sga.copies: 1',
    'regions.sga.mshare: false',
    'groups.clients.copies: 1',
    'groups.clients.threads: 1',
    'groups.clients.lockedPrivate: 0 B',
    'groups.clients.baseTables: 172 KiB',
    'groups.clients.kernelMemory: 48 KiB',
    'groups.clients.uid: 0',
    'groups.clients.gid: 0',
    'groups.clients.cgroup: none',
    'groups.clients.oomScoreAdj: 0',
    'groups.clients.shortLived: false',
    'groups.clients.maps[0].at: auto',
    'groups.clients.maps[0].offset: 0 B',
    'groups.clients.maps[0].length: 300 GiB',
    'groups.clients.maps[0].touched: all',
    'groups.clients.maps[0].access: rw',
    'groups.clients.maps[0].private: false',
    'mshare.revision: v3-2025',
    'strategies: all',
    'gates: none',
  ])
  for (const { source } of assumptions) expect(source).not.toBe('')
})

test('the release of a program is text, and the newest where it is not said', () => {
  const region = (lines: string) => `
version: 1
host: { memory: 8 GiB }
regions: { shared: { size: 1 GiB, program: postgresql${lines} } }
groups: { backends: { processes: 4, maps: [{ region: shared }] } }
`
  const path = 'regions.shared.programRelease'
  const written = read(region(', programRelease: "9.2"'))
  expect(written.workload.regions[0]?.programRelease).toBe('9.2')
  expect(written.assumptions.map((one) => one.path)).not.toContain(path)
  const absent = read(region(''))
  expect(absent.workload.regions[0]).not.toHaveProperty('programRelease')
  expect(absent.assumptions).toContainEqual(expect.objectContaining({ path, value: 'newest' }))
  expect(places(region(', programRelease: newest'))).toEqual(['4:72 `newest` is not a release'])
  expect(places(region(', programRelease: 9.2'))).toEqual(['4:72 `9.2` is not text'])
})

describe('base tables that are not given', () => {
  const saying = (text: string) =>
    read(text).assumptions.find(({ path }) => path === 'groups.clients.baseTables')

  test('are said to be a default alone where the process has no memory and no threads', () => {
    expect(saying(variant(['    private: 6 MB\n', '']))).toEqual({
      path: 'groups.clients.baseTables',
      value: '160 KiB',
      source:
        'default: typical of a dynamically linked server process (130–485 KiB measured per database session)',
    })
  })

  test('say what is for private memory and what for the stacks of threads', () => {
    const typical =
      'default: 160 KiB, typical of a dynamically linked server process (130–485 KiB measured per database session)'
    expect(saying(minimal)).toMatchObject({
      value: '172 KiB',
      source: `${typical}; 12 KiB for \`private\`, derived: on base pages, in one piece`,
    })
    const threaded = variant(['    private: 6 MB\n', '    threads: 8\n'])
    expect(saying(threaded)).toMatchObject({
      value: '216 KiB',
      source: `${typical}; 56 KiB for 7 more threads: 2 pte tables each at most (stacks of 8 MiB, glibc 2.42 or later)`,
    })
    expect(saying(threaded.replace('512 GB', '512 GB\n  kernel: "6.12"'))).toMatchObject({
      value: '188 KiB',
      source: `${typical}; 28 KiB for 7 more threads: 1 pte table each at most (stacks of 8 MiB)`,
    })
  })

  test('follow `--set` of the private memory, and given ones do not', () => {
    const larger = [{ path: 'groups.clients.private', value: '1 GiB' }]
    const baseOf = (text: string) => read(text, larger).workload.groups[0]?.baseTables
    // 512 pte tables.
    expect(baseOf(minimal)).toBe((160 + 2048) * 1024)
    expect(baseOf(variant(['    private', '    baseTables: 1 MiB\n    private']))).toBe(2 ** 20)
  })
})

test('JSON says the same as YAML', () => {
  const json = JSON.stringify(
    {
      version: 1,
      name: 'Oracle SGA of 300 GB, 1500 dedicated connections',
      host: { memory: '512 GB' },
      regions: { sga: { size: '300 GB', backing: 'posix-shm' } },
      groups: { clients: { processes: 1500, private: '6 MB', maps: [{ region: 'sga' }] } },
    },
    null,
    '\t',
  )
  expect(JSON.stringify(read(json))).toBe(JSON.stringify(read(minimal)))
  expect(JSON.stringify(read(`\uFEFF${minimal.replace(/\n/g, '\r\n')}`))).toBe(
    JSON.stringify(read(minimal)),
  )
})

describe('touched pages come in their simplest form', () => {
  test.each([
    ['all', ranges([0, 10])],
    ['none', ranges()],
    ['40%', { kind: 'random', drawn: 4 }],
    ['41%', { kind: 'random', drawn: 5 }],
    ['0%', ranges()],
    ['100%', ranges([0, 10])],
    ['{ first: 40% }', ranges([0, 4])],
    ['{ first: 1 B }', ranges([0, 1])],
    ['{ first: 5 KiB }', ranges([0, 2])],
    ['{ first: 0 B }', ranges()],
    ['{ every: 8 KiB }', { kind: 'every', stride: 2 }],
    ['{ every: 5 KiB }', { kind: 'every', stride: 2 }],
    ['{ every: 1 B }', ranges([0, 10])],
    ['{ every: 1 TiB }', { kind: 'every', stride: 268_435_456 }],
    ['{ pages: "0,5,7-9" }', ranges([0, 1], [5, 1], [7, 3])],
    ['{ pages: "9, 8, 5-6, 6, 5, 7" }', ranges([5, 5])],
    ['{ pages: 5 }', ranges([5, 1])],
    ['{ ranges: [] }', ranges()],
    ['{ ranges: [{ offset: 4095 B, length: 2 B }] }', ranges([0, 2])],
    ['{ ranges: [{ offset: 8 KiB, length: 0 B }] }', ranges()],
    [
      '{ ranges: [{ offset: 16 KiB, length: 8 KiB }, { offset: 0 B, length: 16 KiB }] }',
      ranges([0, 6]),
    ],
    ['{ random: 3 pages }', { kind: 'random', drawn: 3 }],
    ['{ random: 5 KiB }', { kind: 'random', drawn: 2 }],
    ['{ random: 10 pages }', ranges([0, 10])],
    ['{ random: 0 pages }', ranges()],
    ['{ random: 40%, in: 8 KiB }', clusters(2, 2)],
    ['{ random: 41%, in: 8 KiB }', clusters(3, 2)],
    ['{ random: 3 pages, in: 12 KiB }', clusters(1, 3)],
    ['{ random: 4 pages, in: 9 KiB }', clusters(2, 3)],
    ['{ random: 91%, in: 12 KiB }', ranges([0, 10])],
    ['{ random: 1%, in: 40 KiB }', ranges([0, 10])],
    ['{ random: 0%, in: 8 KiB }', ranges()],
    ['{ random: 3 pages, in: 4 KiB }', { kind: 'random', drawn: 3 }],
    ['{ in: 1 B, random: 3 pages }', { kind: 'random', drawn: 3 }],
  ])('%s', (text, expected) => {
    expect(touched(text)).toEqual(expected)
  })
})

describe('the kernel is read from the source text', () => {
  test.each([
    ['6.10', 6, 10],
    ['6.1', 6, 1],
    ['"5.15.0-105-generic"', 5, 15],
    ['4.15', 4, 15],
    ['6.19', 6, 19],
    ['7.2', 7, 2],
    ['7.3', 7, 2],
  ])('%s', (text, major, minor) => {
    expect(host(`  kernel: ${text}`).kernel).toEqual({ major, minor })
  })

  test('a later one than the newest that is known is planned as that, and says so', () => {
    const { assumptions } = read(
      variant(['  memory: 512 GB\n', '  memory: 512 GB\n  kernel: 7.3\n']),
    )
    const [first] = assumptions.filter(({ path }) => path === 'host.kernel')
    expect(first).toMatchObject({ value: '7.2', source: expect.stringContaining('7.3') })
  })
})

test('the machine, in full', () => {
  const more = `  kernel: 5.14
  pti: true
  swap: 64 GB
  reserve: { os: 4 GB, agents: 512 MB }
  minFree: 90112 KB
  hugepages: { 2 MiB: 153600, 1 GiB: 4 }
  overcommit: { mode: never, ratio: 80 }
  thp: { anonymous: always, shmem: within_size }
  cgroups: { db: { limit: 400 GB } }`
  expect(host(more)).toMatchObject({
    pti: true,
    swap: 68_719_476_736,
    reserves: [
      { name: 'os', bytes: 4_294_967_296 },
      { name: 'agents', bytes: 536_870_912 },
    ],
    minFree: 92_274_688,
    hugepages: [
      { pageBytes: 2_097_152, count: 153_600 },
      { pageBytes: 1_073_741_824, count: 4 },
    ],
    overcommit: { mode: 'never', ratio: 80 },
    thp: { anonymous: 'always', shmem: 'within_size' },
    cgroups: [{ name: 'db', limit: 429_496_729_600 }],
  })
  expect(host('  reserve: 4 GB').reserves).toEqual([{ name: 'reserve', bytes: 4_294_967_296 }])
})

describe('transparent huge pages follow the host where the region says nothing', () => {
  const always = '  thp: { anonymous: always, shmem: always }\n'
  test.each([
    ['size: 1 GB', '', false],
    ['size: 1 GB', always, true],
    ['size: 1 GB, backing: sysv-shm', always, true],
    ['size: 1 GB, backing: anonymous', always, true],
    ['size: 1 GB, backing: anonymous', '  thp: { shmem: always }\n', false],
    ['size: 1 GB, backing: file', always, false],
    ['size: 1 GB, backing: dax', always, false],
    ['size: 1 GB, backing: hugetlbfs', always, false],
    ['size: 1 GB, backing: memfd, pageSize: 2 MiB', always, false],
    ['size: 1 GB, thp: true', '', true],
    ['size: 1 GB, thp: false', always, false],
  ])('%s with %j: %s', (text, more, expected) => {
    expect(region(text, more)?.thp).toBe(expected)
  })
})

test('hugetlbfs has PMD-sized pages; being locked is theirs, not the region’s on other pages', () => {
  expect(region('size: 1 GB, backing: hugetlbfs')).toMatchObject({
    pageBytes: 2_097_152,
    locked: false,
  })
  expect(region('size: 1 GB, backing: sysv-shm, pageSize: 1 GiB, locked: true')).toMatchObject({
    pageBytes: 1_073_741_824,
    locked: true,
  })
  expect(region('size: 1 GB, backing: dax, pageSize: 2 MiB')).toMatchObject({ locked: false })
})

test('how much of a region is in memory is the figure itself or a lower bound, and has no default', () => {
  const half = 536_870_912
  const figure = { resident: { bytes: half, atLeast: false } }
  expect(region('size: 1 GB, resident: 512 MiB')).toMatchObject(figure)
  expect(region('size: 1 GB, resident: { atLeast: 512 MiB }')).toMatchObject({
    resident: { bytes: half, atLeast: true },
  })
  expect(region('size: 1 GB, backing: anonymous, resident: 512 MiB')).toMatchObject(figure)
  expect(region('size: 1 GB')).not.toHaveProperty('resident')
  const partly = 'size: 1 GB, backing: memfd, pageSize: 2 MiB, fallback: base-pages'
  expect(region(`${partly}, resident: 512 MiB`)).toMatchObject(figure)
})

test('who may open an mshare region is resolved from whoever maps it first, and said so', () => {
  const text = variant(
    ['backing: posix-shm', 'mshare: true'],
    ['    private', '    uid: 54321\n    private'],
  )
  const { workload, assumptions } = read(text)
  expect(workload.regions[0]?.mshare).toEqual({ mode: 0o600 })
  const said = assumptions.filter(({ path }) => path.startsWith('regions.sga.mshare.'))
  expect(said.map(({ path, value }) => [path.split('.').at(-1), value])).toEqual([
    ['mode', '0600'],
    ['uid', '54321'],
    ['gid', '0'],
    ['owner', 'clients'],
  ])
  expect(
    region('size: 1 GB, mshare: { mode: 0660, uid: 1, gid: 2, owner: clients }')?.mshare,
  ).toEqual({
    mode: 0o660,
    uid: 1,
    gid: 2,
    owner: 'clients',
  })
  expect(region('size: 1 GB, mshare: false')).not.toHaveProperty('mshare')
})

test('gates are sizes or shares of memory', () => {
  const gates = 'gates: { risk: tight, headroom: 10%, pageTables: 8 GB, strategy: mshare }\n'
  expect(read(minimal + gates).workload.gates).toEqual({
    risk: 'tight',
    headroom: { kind: 'fraction', fraction: 0.1 },
    pageTables: { kind: 'bytes', bytes: 8_589_934_592 },
    strategy: 'mshare',
  })
})

test('strategies keep their order; those of another layout are for the plan to refuse', () => {
  const { workload } = read(`${minimal}strategies: [mshare, hugetlb-512m, thp-32m, base-pages]\n`)
  expect(workload.strategies).toEqual(['mshare', 'hugetlb-512m', 'thp-32m', 'base-pages'])
})

test('any name is a name, and names keep their order', () => {
  const names = [
    '__proto__',
    'constructor',
    '10',
    '2',
    'a.b',
    '\u001b[31m',
    '\u202e',
    '\0__proto__',
  ]
  const text = JSON.stringify({
    version: 1,
    host: { memory: '1 TB' },
    regions: names.map((name) => ({ [name]: { size: '1 MB' } })),
    groups: {},
  })
  const object = (value: (name: string) => unknown) =>
    `{${names.map((name) => `${JSON.stringify(name)}: ${JSON.stringify(value(name))}`).join(', ')}}`
  const scenario = text
    .replace(
      /"regions":\[.*?\],"groups"/,
      () => `"regions":${object(() => ({ size: '1 MB' }))},"groups"`,
    )
    .replace(
      '"groups":{}',
      () => `"groups":${object((name) => ({ processes: 1, maps: [{ region: name }] }))}`,
    )
  const { workload } = read(scenario)
  expect(workload.regions.map(({ name }) => name)).toEqual(names)
  expect(workload.groups.map(({ name, maps }) => [name, maps[0]?.region])).toEqual(
    names.map((name) => [name, name]),
  )
})

test('anchors and merge keys are plain YAML', () => {
  const text = `${minimal}  batch: { <<: &small { processes: 2, private: 1 MB }, processes: 3 }\n  more: *small\n`
  expect(read(text).workload.groups.map((one) => [one.name, one.processes, one.private])).toEqual([
    ['clients', 1500, 6_291_456],
    ['batch', 3, 1_048_576],
    ['more', 2, 1_048_576],
  ])
})

describe('values of the command line', () => {
  const set = (path: string, value: string) => [{ path, value }]

  test('replace and add values', () => {
    expect(
      read(minimal, set('groups.clients.processes', '2000')).workload.groups[0]?.processes,
    ).toBe(2000)
    expect(read(minimal, set('host.thp.shmem', 'always')).workload.regions[0]?.thp).toBe(true)
    expect(
      read(minimal, set('groups["clients"].maps[0].touched', '40%')).workload.groups[0]?.maps[0]
        ?.touched,
    ).toEqual({ kind: 'random', drawn: 31_457_280 })
    expect(
      read(minimal, set('groups.clients.maps[1]', '{ region: sga }')).workload.groups[0]?.maps,
    ).toHaveLength(2)
    expect(read(minimal, set('groups.batch', '{ processes: 5 }')).workload.groups[1]?.name).toBe(
      'batch',
    )
    expect(read(minimal, set('host.kernel', '6.10')).workload.host.kernel.minor).toBe(10)
  })

  test.each([
    ['host.memory', '512', '--set:1:13 sizes need a unit: `512` has none'],
    ['host.memry', '5 GB', '--set:1:6 unknown key `memry`'],
    ['hots.memory', '5 GB', '--set:1:1 unknown key `hots`'],
    ['groups.client.processes', '5', '--set:1:8 `groups` has no `client`'],
    ['groups.batch.processes', '5', '--set:1:8 `groups` has no `batch`'],
    ['groups.clients.maps[2].region', 'sga', '--set:1:20 `groups.clients.maps` has 1 item'],
    ['groups.clients.maps.region', 'sga', '--set:1:21 `groups.clients.maps` is a list'],
    ['host[0]', '1', '--set:1:5 `host` is not a list'],
    ['host.memory.x', '1', '--set:1:13 `host.memory` is a single value'],
    ['a..b', '1', '--set:1:1 `a..b` is not a path to a key'],
    ['', '1', '--set:1:1 no path to a key'],
    ['name', '', '--set:1:1 `name` has no value'],
    ['groups.clients.maps[0]', '{ region: sgaa }', '--set:1:34 no region is called `sgaa`'],
  ])('%s=%s is an issue', (path, value, expected) => {
    expect(places(minimal, set(path, value))).toEqual([expected])
  })

  test.each([
    ['groups.python3.11.processes', 'groups["python3.11"].processes'],
    ['groups.pyhton3.11.processes', 'groups["python3.11"].processes'],
    ['groups.python3.processes', 'groups["python3.11"].processes'],
    ['groups.python3.11.maps[0].region', 'groups["python3.11"].maps[0].region'],
    ['groups.a.b.c.processes', 'groups["a.b.c"].processes'],
    ['groups.jvaa.processes', 'groups.java.processes'],
  ])('name groups with dots as they must be written: %s', (path, suggestion) => {
    const text = `version: 1
host: { memory: 1 GB }
groups: { python3.11: { processes: 1 }, a.b.c: { processes: 1 }, java: { processes: 1 } }
`
    const misspelt = readScenario(text, 'f', set(path, '12'))
    expect(misspelt.ok ? [] : misspelt.issues.map((issue) => issue.suggestion)).toEqual([
      `did you mean \`${suggestion}\`?`,
    ])
    const value = path.endsWith('processes') ? '12' : 'none'
    const followed = readScenario(text, 'f', set(suggestion, value))
    expect(followed.ok || followed.issues.map(({ message }) => message)).toEqual(
      path.endsWith('processes') ? true : ['no region is called `none`'],
    )
  })

  test('of an option of its own are shown as they were typed', () => {
    const override = { option: '--min-headroom', path: 'gates.headroom', value: '10' }
    expect(places(minimal, [override])).toEqual([
      '--min-headroom:1:1 sizes need a unit: `10` has none',
    ])
  })
})

test('a size that is no whole number of pages is rounded up, as the kernel maps it', () => {
  expect(region('size: 4097 B')).toMatchObject({ size: 4097, pages: 2 })
  const maps = '[{ region: sga, length: 8 KiB }]'
  const text = `version: 1
host: { memory: 1 GB }
regions: { sga: { size: 4097 B, backing: file } }
groups: { one: { processes: 1, maps: ${maps} } }
`
  expect(read(text).workload.groups[0]?.maps[0]?.length).toBe(2)
})

test('an address near the end of a 57-bit space is read to the page', () => {
  // The mapping ends where TASK_SIZE_MAX does: 2^56 − 4096.
  const text = `version: 1
host: { memory: 1 GB, layout: x86-64-5level }
regions: { sga: { size: 1 GiB } }
groups: { one: { processes: 1, maps: [{ region: sga, at: "0xffffffbffff000" }] } }
`
  expect(read(text).workload.groups[0]?.maps[0]?.at).toBe(2 ** 44 - 1 - 2 ** 18)
})
