import { describe, expect, it } from 'vitest'
import {
  captureOptions,
  captureRequestOf,
  machineToVerify,
} from '../../../src/cli/arguments/capture-options.ts'

const everything = { pids: [], names: [], users: [], cgroups: [] }

describe('a request to capture', () => {
  it('without options is for all of the running machine', () => {
    expect(captureRequestOf({})).toEqual({ selection: everything })
  })

  it('selects processes and says how to group them', () => {
    expect(captureRequestOf({ root: 'copy', pid: [7], user: ['oracle'], groupBy: 'user' })).toEqual(
      {
        root: 'copy',
        selection: { ...everything, pids: [7], users: ['oracle'] },
        grouping: 'user',
      },
    )
  })

  it('refuses standard input as a machine', () => {
    expect(() => captureRequestOf({ root: '-' })).toThrow('write a directory or an archive')
  })
})

describe('the machine that verify looks at', () => {
  it('is missing if files are named', () => {
    expect(machineToVerify(['server.yaml'], {})).toBeUndefined()
  })

  it('is this one or a copy', () => {
    expect(machineToVerify([], { live: true })).toEqual({ selection: everything })
    expect(machineToVerify([], { root: 'copy' })).toEqual({ root: 'copy', selection: everything })
  })

  it('is what forecasts in files are held against', () => {
    const options = { live: true, strategy: 'hugetlb-2m' } as const
    expect(machineToVerify(['server.yaml'], options)).toEqual({ selection: everything })
  })

  it.each([
    [['server.yaml'], { strategy: 'mshare' }, 'compares a forecast with a machine'],
    [[], { live: true, strategy: 'mshare' }, 'compares a forecast with a machine'],
    [[], { live: true, root: 'copy' }, 'name two machines'],
    [['server.yaml'], { pid: [1] }, 'add --live or --root PATH'],
  ] as const)('contradicts itself with %j and %j', (operands, options, words) => {
    expect(() => machineToVerify(operands, options)).toThrow(words)
  })
})

it.each(['0', '-1', '01', 'init', '12345678901'])('refuses the process id %s', (typed) => {
  expect(() => captureOptions.pid.read([typed])).toThrow('write a process id, a whole number')
})
