import { describe, expect, test } from 'vitest'
import { readScenario } from '../../../src/scenario/read-scenario.ts'
import { places, withHost, withMap, withRegion } from '../reading.ts'

const scenario = (host: string, more: string): string => `version: 1
host: { memory: 4 GiB${host} }
groups: { a: { processes: 1 } }
${more}
`

describe('an empty name is refused with its place, whatever stands under it', () => {
  test.each([
    ['of a group', 'version: 1\nhost: { memory: 4 GiB }\ngroups:\n  : 5\n', '4:3'],
    ['of a region', scenario('', 'regions: { "": 5 }'), '4:12'],
    ['of a region that is right', scenario('', 'regions: { "": { size: 1 GB } }'), '4:12'],
    ['of a reserve', scenario(', reserve: { "": 5 }', ''), '2:35'],
    ['of a control group', scenario(', cgroups: { "": [] }', ''), '2:35'],
    ['of a measured group', scenario('', 'measured: { groups: { "": { processes: x } } }'), '4:23'],
    ['of a measured value', scenario('', 'measured: { sources: { "": 5 } }'), '4:24'],
    ['of an assumed value', scenario('', 'assumed: { "": {} }'), '4:12'],
  ])('%s', (_, text, place) => {
    expect(places(text)).toEqual([`${place} the name is empty`])
    const verified = readScenario(text, 'test.yaml', [], 'verify')
    expect(verified.ok ? [] : verified.issues.map(({ message }) => message)).toContain(
      'the name is empty',
    )
  })

  test.each([
    ['groups[""]', 7],
    ['regions[""]', 8],
    ['host.reserve[""]', 13],
    ['host.cgroups[""]', 13],
    ['measured.groups[""]', 16],
  ])('of --set %s', (path, column) => {
    const set = { path, value: 'x' }
    expect(places(scenario('', ''), [set])).toEqual([`--set:1:${column} the name is empty`])
  })
})

describe('a text of the wrong form is an issue at its place', () => {
  test.each([
    ['no kernel', withHost('  kernel: six'), '5:11 `six` is not a kernel release'],
    ['a nameless reserve', withHost('  reserve: { "": 1 GB }'), '5:14 the name is empty'],
    [
      'a decimal mode',
      withRegion('size: 1 GB, mshare: { mode: 432 }'),
      '6:38 `432` is not an octal file mode',
    ],
    [
      'an address of 65 bits',
      withMap('at: 0x10000000000000000'),
      '11:31 `0x10000000000000000` is not an address',
    ],
    ['a decimal address', withMap('at: 4096'), '11:31 `4096` is not an address'],
  ])('%s', (_, text, expected) => {
    expect(places(text)).toEqual([expected])
  })
})
