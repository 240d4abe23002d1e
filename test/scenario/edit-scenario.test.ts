import { describe, expect, it } from 'vitest'
import { editScenario } from '../../src/scenario/edit-scenario.ts'

function edited(text: string, ...sets: readonly string[]): string {
  const editing = editScenario(text, 'server.yaml', overrides(sets))
  if (!editing.ok) throw new Error(editing.issues.map(({ message }) => message).join())
  return editing.text
}

function refusal(text: string, ...sets: readonly string[]) {
  const editing = editScenario(text, 'server.yaml', overrides(sets))
  return editing.ok ? [] : editing.issues
}

function overrides(sets: readonly string[]) {
  return sets.map((set) => {
    const [path = '', value = ''] = set.split(/=(.*)/s)
    return { path, value }
  })
}

const server = `# The question.
version: 1 # of the format
host: # the machine
  memory:   64 GB   # DIMMs
  kernel: "6.10"

regions: {sga: {size: 16 GB}}
groups:
    clients:   # they come and go
        processes: 100
        maps:
        - region: sga # all of it
# the end
`

describe('a value that is replaced', () => {
  it('keeps blanks, comments and quotes around it', () => {
    expect(edited(server, 'host.memory=128 GB', 'host.kernel=6.12')).toBe(
      server.replace('64 GB', '128 GB').replace('6.10', '6.12'),
    )
  })

  it('is put in quotes where it would be read as something else without', () => {
    expect(edited(server, 'name="6.10, new: #1"')).toContain('\nname: "6.10, new: #1"\n')
    expect(edited(server, 'groups.clients.maps[0].touched={ pages: "0,5" }')).toContain(
      '          touched: { pages: "0,5" }\n',
    )
  })

  it('may be a mapping or a list, in place of what was there', () => {
    expect(edited(server, 'host={ memory: 1 TB }')).toBe(
      server.replace(/host:.*"6.10"/s, 'host: # the machine\n  { memory: 1 TB }'),
    )
    expect(edited(server, 'groups.clients.maps=[]')).toBe(
      server.replace(/maps:.*all of it/s, 'maps: []'),
    )
  })

  it('may be several lines of text', () => {
    const long = 'version: 1\nname: |\n  one\n  two\nhost: { memory: 1 GB }\ngroups: {}\n'
    expect(edited(long, 'name=three')).toBe(long.replace('|\n  one\n  two', 'three'))
  })

  it('may be nothing yet', () => {
    const empty = 'version: 1\nhost:\ngroups: { c: { processes: 1, maps: } }\n'
    expect(edited(empty, 'host.memory=1 GB', 'groups.c.maps[0].region=r')).toBe(
      'version: 1\nhost: { memory: 1 GB }\ngroups: { c: { processes: 1, maps: [{ region: r }] } }\n',
    )
  })
})

describe('a key that is missing', () => {
  it('comes after the last of its mapping, as that is written', () => {
    const text = edited(server, 'host.swap=8 GB', 'regions.sga.locked=true', 'gates.risk=tight')
    expect(text).toBe(
      server
        .replace('"6.10"\n', '"6.10"\n  swap: 8 GB\n')
        .replace('16 GB}', '16 GB, locked: true}')
        .replace('all of it\n', 'all of it\ngates: { risk: tight }\n'),
    )
  })

  it('is quoted where it must be, and an item is appended to its list', () => {
    const text = edited(
      server,
      'host.reserve["agents: 2"]=1 GB',
      'groups.clients.maps[1].region=pool',
    )
    expect(text).toContain('\n  reserve: { "agents: 2": 1 GB }\n')
    expect(text).toContain('        - region: sga # all of it\n        - { region: pool }\n')
  })

  it('comes on a line of its own in JSON that has such lines, and in JSON stays JSON', () => {
    const json = JSON.stringify({ version: 1, host: { memory: '1 GB' }, groups: {} }, null, 2)
    const text = edited(json, 'host.swap=8 GB', 'host.memory=2 GB', 'groups.c={ processes: 3 }')
    expect(JSON.parse(text)).toEqual({
      version: 1,
      host: { memory: '2 GB', swap: '8 GB' },
      groups: { c: { processes: 3 } },
    })
    expect(text).toContain('\n    "memory": "2 GB",\n    "swap": "8 GB"\n')
  })

  it('has the line ends of the file, also where the last one is missing', () => {
    expect(edited('version: 1\r\nhost:\r\n  memory: 1 GB', 'host.swap=2 GB')).toBe(
      'version: 1\r\nhost:\r\n  memory: 1 GB\r\n  swap: 2 GB',
    )
  })
})

describe('anchors', () => {
  const shared = `version: 1
host: { memory: 64 GB }
regions: { sga: { size: &size 1 GB }, pool: { size: *size } }
groups:
  one: &one
    processes: 10
    maps: [{ region: sga }]
  two: { <<: *one, processes: 5 }
  three: *one
`

  it('are left to the others where an alias is changed', () => {
    expect(edited(shared, 'groups.three.processes=7', 'regions.pool.size=2 GB')).toBe(
      shared
        .replace('three: *one', 'three: { processes: 7, maps: [{ region: sga }] }')
        .replace('*size', '2 GB'),
    )
  })

  it('are overridden where `<<` merges them', () => {
    expect(edited(shared, 'groups.two.maps[0].touched=40%')).toBe(
      shared.replace('processes: 5', 'processes: 5, maps: [{ region: sga, touched: 40% }]'),
    )
  })

  it('are refused where an alias would change too', () => {
    expect(refusal(shared, 'groups.one.processes=7')).toMatchObject([
      {
        file: '--set',
        line: 1,
        column: 1,
        message:
          '`groups.one.processes` belongs to the anchor `&one`, and its aliases would change too',
      },
    ])
    expect(refusal(shared, 'regions.sga.size=7 GB')).toHaveLength(1)
    expect(refusal(shared, 'groups.one.threads=7')).toHaveLength(1)
  })

  it('stay where no alias is left to change', () => {
    const alone = 'version: 1\nhost: &h { memory: &m 1 GB }\ngroups: {}\n'
    expect(edited(alone, 'host.memory=2 GB')).toBe(alone.replace('1 GB', '2 GB'))
  })
})

describe('what is stated about a value', () => {
  const captured = `version: 1
host: { memory: 64 GB }
groups:
  clients:
    processes: 10 # a guess
    private: 6 MB
assumed:
  groups.clients.processes: a guess # really
  groups.clients.private: estimated
measured: { pageTables: 1 MB, sources: { host.memory: meminfo, groups.clients.processes: ps } }
`

  it('is removed with the value, the rest is kept', () => {
    expect(edited(captured, 'groups.clients.processes=20')).toBe(
      captured
        .replace('processes: 10', 'processes: 20')
        .replace('  groups.clients.processes: a guess # really\n', '')
        .replace(', groups.clients.processes: ps', ''),
    )
  })

  it('goes altogether with the last value', () => {
    const text = edited(
      captured,
      'groups.clients={ processes: 1, private: 1 MB }',
      'host.memory=1 GB',
    )
    expect(text).not.toMatch(/assumed|sources/)
    expect(text).toContain('measured: { pageTables: 1 MB }\n')
  })
})

it('says what is wrong with a text or an option as reading does', () => {
  expect(refusal('[', 'a=1')).toMatchObject([{ file: 'server.yaml', line: 1 }])
  expect(refusal(server, 'groups.client.processes=1')).toMatchObject([
    { file: '--set', message: '`groups` has no `client`' },
  ])
})
