import { describe, expect, it } from 'vitest'
import { longName } from '../../../src/cli/arguments/option.ts'
import { options, optionsOf } from '../../../src/cli/arguments/options.ts'
import type { Command } from '../../../src/cli/output/formats.ts'

const names = (command: Command) => optionsOf(command).map(({ flags }) => longName(flags))

describe('the options of a command', () => {
  it('are those that declare it', () => {
    expect(names('schema')).toEqual(['--format', '--output', '--quiet', '--result'])
    expect(names('plan')).toContain('--verbose')
    expect(names('check')).not.toContain('--verbose')
    expect(names('import')).toEqual(expect.arrayContaining(['--root', '--memory', '--release']))
  })

  it('have names of their own, and belong to some command', () => {
    const all = Object.values(options)
    expect(new Set(all.map(({ flags }) => longName(flags))).size).toBe(all.length)
    expect(all.filter(({ commands }) => commands.length === 0)).toEqual([])
  })

  it('name each argument in capitals', () => {
    for (const { flags } of Object.values(options)) {
      expect(flags).toMatch(/^(-[a-z], )?--[a-z-]+( [A-Z]+(=[A-Z]+)?)?$/)
    }
  })
})

describe('the value of an option', () => {
  it('of --set is a path and a value, which may hold equals signs', () => {
    expect(options.set.read(['host.memory=8 GiB', 'name=a=b'])).toEqual([
      { path: 'host.memory', value: '8 GiB' },
      { path: 'name', value: 'a=b' },
    ])
    expect(() => options.set.read(['=20'])).toThrow('write PATH=VALUE')
  })

  it.each(['0', '1025', '-1', '1.5', 'two', ''])('of --numa-nodes is not %j', (typed) => {
    expect(() => options.numaNodes.read([typed])).toThrow('write a whole number from 1 to 1024')
  })

  it('of --numa-nodes is at most the nodes that Linux can have', () => {
    expect(options.numaNodes.read(['1024'])).toBe(1024)
  })

  it('of --baseline is a file, not standard input', () => {
    expect(options.baseline.read(['before.json'])).toBe('before.json')
    expect(() => options.baseline.read(['-'])).toThrow('--baseline cannot read standard input')
  })
})
