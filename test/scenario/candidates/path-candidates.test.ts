import { describe, expect, it } from 'vitest'
import { pathCandidates } from '../../../src/scenario/candidates/path-candidates.ts'
import { parsePath } from '../../../src/scenario/yaml/parse-path.ts'
import { readYaml } from '../../../src/scenario/yaml/read-yaml.ts'
import { scenarioJsonSchema } from '../../../src/scenario/zod/json-schema.ts'

const text = `
version: 1
host: { memory: 64 GiB }
regions: { sga: { size: 8 GiB, resident: { atLeast: 1 GiB } } }
groups:
  clients: { processes: 1500, maps: [{ region: sga }] }
  idle backends: { processes: 1 }
`
const find = (typed: string, yaml?: string) => {
  const { root } = yaml === undefined ? {} : readYaml({ file: '', text: yaml })
  return pathCandidates(typed, scenarioJsonSchema(), root)
}
const texts = (typed: string, yaml?: string) => find(typed, yaml).map((one) => one.text)

describe('a path under way', () => {
  it('goes on with the keys of the scenario, then with those of the schema that it lacks', () => {
    const keys = texts('groups.clients.pro', text)
    expect(keys.slice(0, 3)).toEqual([
      'groups.clients.processes=',
      'groups.clients.maps[0].',
      'groups.clients.maps[1].',
    ])
    expect(keys).toContain('groups.clients.kernelMemory=')
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('begins with a key of the scenario file, but for those that nobody sets', () => {
    expect(texts('', text).slice(0, 3)).toEqual(['host.', 'regions.', 'groups.'])
    expect(texts('', text)).toContain('gates.')
    expect(texts('', text)).not.toContain('version=')
  })

  it('goes on with names, spaces and all', () => {
    expect(texts('groups.', text)).toEqual(['groups.clients.', 'groups.idle backends.'])
    expect(texts('groups["id', text)).toEqual(['groups["clients"].', 'groups["idle backends"].'])
  })

  it('goes on as a value and as keys where both can be', () => {
    expect(texts('regions.sga.', text)).toEqual(
      expect.arrayContaining(['regions.sga.resident=', 'regions.sga.resident.']),
    )
  })

  it('is completed from the schema alone where there is no scenario', () => {
    expect(texts('host.')).toEqual(expect.arrayContaining(['host.memory=', 'host.thp.']))
    expect(texts('groups.new.maps[0].')).toContain('groups.new.maps[0].region=')
    expect(texts('groups.')).toEqual([])
    expect(texts('strategies')).toContain('strategies[0]=')
  })

  it('does not go on behind a single value, nor where it is no path', () => {
    expect(texts('host.memory.', text)).toEqual([])
    expect(texts('groups["', '- just\n- a list\n')).toEqual([])
  })

  it('says what a key means, its value now, and which item is new', () => {
    const described = new Map(
      find('groups.clients.', text).map((one) => [one.text, one.description]),
    )
    expect(described.get('groups.clients.processes=')).toBe('now 1500: Number of processes')
    expect(described.get('groups.clients.uid=')).toBe('User id')
    expect(described.get('groups.clients.maps[1].')).toMatch(/^one more: /)
  })
})

describe('a name that a plain path cannot hold', () => {
  it.each([
    ['a.b', 'groups.["a.b"].'],
    ['a[0]', 'groups.["a[0]"].'],
    ['a=b', String.raw`groups.["a\u003db"].`],
    ['\x1b[31m', String.raw`groups.["\u001b[31m"].`],
    ['a\nb', String.raw`groups.["a\nb"].`],
    ['\u202e', String.raw`groups.["\u202e"].`],
    ['\u{e0001}', String.raw`groups.["\udb40\udc01"].`],
    ['', 'groups.[""].'],
  ])('is quoted in printable characters, and read as the same name: %j', (name, expected) => {
    const yaml = JSON.stringify({ groups: { [name]: { processes: 1 } } })
    expect(texts('groups.', yaml)).toEqual([expected])
    expect(parsePath(expected.slice(0, -1))?.map(({ step }) => step)).toEqual(['groups', name])
  })

  it.each(['a b', 'x:y', "it's", 'say "hi"', '$(true)', 'back\\slash', '数', '*', '__proto__'])(
    'is not this one: %j',
    (name) => {
      const yaml = JSON.stringify({ groups: { x: {} } }).replace('"x"', JSON.stringify(name))
      expect(texts('groups.', yaml)).toEqual([`groups.${name}.`])
      expect(parsePath(`groups.${name}`)?.map(({ step }) => step)).toEqual(['groups', name])
    },
  )

  it('has its value shown in one short, printable line', () => {
    const yaml = JSON.stringify({ name: `\x1b[31m${'long '.repeat(20)}` })
    const [first] = find('', yaml)
    expect(first?.description).toMatch(/^now \\x1b\[31mlong .*…: Title of the scenario$/)
  })
})

it('of a long list, the first ten items are offered', () => {
  const maps = Array.from({ length: 50 }, () => ({ region: 'sga' }))
  const keys = texts('groups.a.', JSON.stringify({ groups: { a: { maps } } }))
  expect(keys.filter((key) => key.startsWith('groups.a.maps['))).toHaveLength(10)
})
