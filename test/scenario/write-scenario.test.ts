import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Note } from '../../src/scenario/annotated-scenario.ts'
import { AnnotatedScenario } from '../../src/scenario/annotated-scenario.ts'
import { readScenario } from '../../src/scenario/read-scenario.ts'
import type { ScenarioText } from '../../src/scenario/schema/scenario-text.ts'
import { schemaAddress } from '../../src/scenario/schema/schema-address.ts'
import { writeScenario } from '../../src/scenario/write-scenario.ts'
import { pathText } from '../../src/units/path.ts'

const scenario = {
  version: 1,
  name: 'a server',
  host: { memory: '16 GiB', kernel: '6.10' },
  regions: { 'pg: # "x"\u0007\n': { size: '1 GiB', backing: 'anonymous-shared' } },
  groups: {
    postgres: {
      processes: 3,
      maps: [{ region: 'pg: # "x"\u0007\n', touched: { pages: '0,5,7-9' } }],
    },
  },
  measured: {
    pageTables: '812345 KiB',
    groups: { postgres: { processes: 3, vmPte: '2048 KiB' } },
    elsewhere: { processes: 7, vmPte: '1 MiB' },
    sources: { 'host.memory': 'MemTotal of /proc/meminfo' },
  },
} as const

/** What is written of a scenario with a header comment and notes. */
function written(parts: {
  readonly headerComment?: readonly string[]
  readonly scenario: ScenarioText
  readonly notes: readonly Note[]
}): string {
  const annotated = new AnnotatedScenario(parts.scenario)
  annotated.headerComment = parts.headerComment ?? []
  for (const { path, text } of parts.notes) annotated.comment(path, text)
  return writeScenario(annotated)
}

describe('writing a scenario', () => {
  const text = written({
    headerComment: ['Captured from a machine', 'with\na new line'],
    scenario,
    notes: [
      { path: ['host', 'memory'], text: 'MemTotal\n evil: 1' },
      { path: ['groups', 'postgres'], text: 'three of them' },
      { path: ['groups', 'postgres'], text: 'all alike' },
    ],
  })

  it('reads back as it was, whatever the names are', () => {
    const read = readScenario(text, 'captured.yaml')
    if (!read.ok) throw new Error(JSON.stringify(read.issues))
    const json = readScenario(JSON.stringify(scenario), 'captured.yaml')
    expect(json.ok && json.workload).toEqual(read.workload)
    expect(read.workload.regions[0]?.name).toBe('pg: # "x"\u0007\n')
    expect(read.workload.measured).toEqual({
      pageTables: 831_841_280,
      groups: [{ name: 'postgres', processes: 3, vmPte: 2_097_152 }],
      elsewhere: { processes: 7, vmPte: 1_048_576 },
      sources: [{ path: 'host.memory', source: 'MemTotal of /proc/meminfo' }],
    })
  })

  it('begins with the address of the schema, with a header comment or without', () => {
    const line = `# yaml-language-server: $schema=${schemaAddress}`
    expect(text.split('\n').slice(0, 3)).toEqual([line, '#', '# Captured from a machine'])
    const bare = written({ scenario, notes: [] })
    expect(bare.split('\n').slice(0, 3)).toEqual([line, '', 'version: 1'])
  })

  it('puts notes behind values and above what they open, each on one line', () => {
    expect(text.split('\n').slice(2, 5)).toEqual([
      '# Captured from a machine',
      '# with a new line',
      '',
    ])
    expect(text).toContain('  memory: 16 GiB # MemTotal evil: 1\n')
    expect(text).toContain('    # three of them\n    # all alike\n    processes: 3\n')
  })

  it('has no place for a note on what is not there', () => {
    const notes = [{ path: ['host', 'swap'], text: 'none' }]
    expect(() => written({ scenario, notes })).toThrow(RangeError)
  })
})

/** What means something else to YAML, to a terminal or to JavaScript than to whoever chose it. */
const hostile = [
  ...['to', 'from', 'p50'],
  ...[
    '<<',
    '=',
    '~',
    'null',
    'Null',
    'true',
    'yes',
    'on',
    'n',
    '-',
    '---',
    '...',
    '- a',
    '? x',
    '?',
  ],
  ...[': ', ':', 'a: b', 'a:', 'a #b', '#', '1e3', '0x10', '0o7', '012', '1_000', '.inf', '-.INF'],
  ...['.nan', '2026-01-01', '*a', '&a', '!t', '!!str', '%', '%YAML 1.1', '@', '`', '|', '>', '|-'],
  ...['[', '[a]', '{a}', '{', ',', '"', "'", "it's", '"a"', '\\', '\\x41', ' ', 'x  ', '  x', '\t'],
  ...['a\nb', '\n', 'a\r\nb', '\r', '\0', '\u0007', '\u001b[31m', '\u007f', '\u0085', '\u009b31m'],
  ...['\u00a0', '\u00ad', '\u200b', '\u200e', '\u202e', '\u2028', '\u2029', '\u2066', '\ufeff'],
  ...[
    '\ufeffa',
    '\ufffe',
    '\ud800',
    '\udc00',
    '\u{e0001}',
    '\u{f0000}',
    '__proto__',
    'constructor',
  ],
  ...['x'.repeat(1100), '\u009b'.repeat(400), 'ü', '漢', '😀', '👩\u200d👧'],
]

const name = fc.oneof(
  fc.constantFrom(...hostile),
  fc.array(fc.constantFrom(...hostile), { minLength: 1, maxLength: 4 }).map((all) => all.join('')),
  fc.string({ unit: 'binary', minLength: 1 }),
  fc.string({ minLength: 1 }),
)

/** A scenario that has a name wherever one can stand, also where it is a path and a comment. */
function named(text: string) {
  return {
    headerComment: [text],
    scenario: {
      version: 1 as const,
      name: text,
      host: { memory: '16 GiB', reserve: { [text]: '1 MiB' } },
      regions: Object.fromEntries([[text, { size: '1 GiB' }]]),
      groups: Object.fromEntries([[text, { processes: 3, maps: [{ region: text }] }]]),
      measured: {
        groups: Object.fromEntries([[text, { processes: 3, vmPte: '2 MiB' }]]),
        sources: { [pathText(['regions', text, 'size'])]: text },
      },
    },
    notes: [
      { path: ['regions', text, 'size'], text },
      { path: ['groups', text], text },
    ],
  }
}

describe('a name, whatever it is', () => {
  it('is read back as it was', () => {
    const check = (text: string): void => {
      const read = readScenario(written(named(text)), 'captured.yaml')
      if (!read.ok) throw new Error(JSON.stringify(read.issues))
      const { regions, groups, measured } = read.workload
      expect(read.name).toBe(text)
      expect(regions.map((region) => region.name)).toEqual([text])
      expect(groups.map((group) => group.name)).toEqual([text])
      expect(measured?.groups.map((group) => group.name)).toEqual([text])
      expect(measured?.sources.map(({ source }) => source)).toEqual([text])
    }
    for (const text of hostile) check(text)
    fc.assert(fc.property(name, check))
  })

  it('is written with nothing that a terminal obeys or hides', () => {
    const obeyed = /[^\P{C}\n]|[\u2028\u2029\u00a0\u00ad]/u
    expect('a\u009bb').toMatch(obeyed)
    const check = (text: string): void => {
      expect(written(named(text))).not.toMatch(obeyed)
    }
    for (const text of hostile) check(text)
    fc.assert(fc.property(name, check))
  })
})

it('names are escaped as YAML has it, in keys and in values, and notes as people are shown them', () => {
  const text = written(named('a\u009b31m\u202e\u{e0001}"<'))
  expect(text.split('\n')[2]).toBe(String.raw`# a\x9b31m\u202e\u{e0001}"<`)
  expect(text).toContain(String.raw`name: "a\x9b31m\u202e\U000e0001\"<"`)
  expect(text).toContain(String.raw`  "a\x9b31m\u202e\U000e0001\"<":`)
})

describe('the key `<<`', () => {
  const quoted = (key: string): string =>
    `version: 1\nhost: { memory: 1 GiB }\ngroups:\n  ${key}: { processes: 3 }\n`
  const groupsOf = (text: string) => {
    const read = readScenario(text, 'f')
    return read.ok ? read.workload.groups.map((group) => group.name) : read.issues
  }

  it.each(['"<<"', "'<<'", '"\\x3c<"'])('is a name in quotes: %s', (key) => {
    expect(groupsOf(quoted(key))).toEqual(['<<'])
  })

  it('merges without quotes', () => {
    const text = 'version: 1\nhost: { memory: 1 GiB }\ngroups:\n  <<: { a: { processes: 3 } }\n'
    expect(groupsOf(text)).toEqual(['a'])
  })
})
