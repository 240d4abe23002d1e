import { describe, expect, test } from 'vitest'
import { readScenario } from '../../../src/scenario/read-scenario.ts'
import { places, read, variant } from '../reading.ts'

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

test('names that are keys of every object are names', () => {
  const names = ['constructor', '__proto__', 'toString', 'hasOwnProperty']
  const groups = names.map((name) => `  ${name}: { processes: 1 }`).join('\n')
  const reading = readScenario(
    `version: 1\nhost: { memory: 4 GiB }\ngroups:\n${groups}\n`,
    'test.yaml',
  )
  expect(reading.ok ? reading.workload.groups.map(({ name }) => name) : []).toEqual(names)
})

describe('a number is an issue at its place', () => {
  test.each([
    [
      'a leading zero',
      variant(['1500\n', '01500\n']),
      '9:16 `01500` begins with a zero: some YAML readers take it for octal',
    ],
  ])('%s', (_, text, expected) => {
    expect(places(text)).toEqual([expected])
  })
})
