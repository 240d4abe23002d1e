import { describe, expect, it } from 'vitest'
import { instanceOf, parameterSource } from '../../../src/importers/oracle/instance.ts'
import { readParameters } from '../../../src/importers/oracle/parameter-file.ts'
import { libraryOf } from '../folders.ts'

const gib = 2 ** 30

const read = (text: string) => readParameters('init.ora', libraryOf({ 'init.ora': text }))
const messagesOf = (text: string) =>
  instanceOf(read(text).entries).flaws.map(({ message }) => message)

describe('an instance', () => {
  it('takes what is set for it before what is set for all', () => {
    const { entries } = read(
      'orcl1.sga_target=8G\norcl2.sga_target=4G\n*.sga_target=2G\n*.processes=10\nprocesses=20\n',
    )
    const { instance, flaws } = instanceOf(entries)
    expect(flaws).toEqual([])
    expect(instance.name).toBe('orcl1')
    expect(instance.others).toEqual(['orcl2'])
    expect(instance.numberOf('sga_target')).toBe(8 * gib)
    expect(instance.numberOf('processes')).toBe(20)
    expect(instance.numberOf('sessions')).toBeUndefined()
  })

  it('may be one of ASM, and takes nothing that is set for a family of instances', () => {
    const { entries } = read(
      "Family:dw_helper.instance_mode='read-only'\n*.processes=100\nfamily:dw_helper.processes=7\n+ASM1.local_listener='(ADDRESS=(HOST=a))'\n+ASM2.processes=9\n+ASM1.sga_target=2G\n",
    )
    expect(entries.map(({ name, instance, values }) => [instance, name, values])).toEqual([
      ['Family:dw_helper', 'instance_mode', ['read-only']],
      [undefined, 'processes', ['100']],
      ['family:dw_helper', 'processes', ['7']],
      ['+ASM1', 'local_listener', ['(ADDRESS=(HOST=a))']],
      ['+ASM2', 'processes', ['9']],
      ['+ASM1', 'sga_target', ['2G']],
    ])
    const { instance, flaws } = instanceOf(entries)
    expect(flaws).toEqual([])
    expect([instance.name, ...instance.others]).toEqual(['+ASM1', '+asm2'])
    expect(instance.numberOf('processes')).toBe(100)
    expect(instance.numberOf('sga_target')).toBe(2 * gib)
    expect(instance.ofFamilies.map(({ spot }) => spot.offset)).toEqual([0, 59])
  })

  it('names the file and line of a parameter, or the parameter alone', () => {
    const { instance } = instanceOf(read('processes=20\nsga_target = 8G\n').entries)
    expect(parameterSource(instance, 'sga_target')).toBe('sga_target = 8G (init.ora:2)')
    expect(parameterSource(instance, 'sessions')).toBe('sessions')
  })
})

describe('the value of a parameter', () => {
  it('is a number of bytes or things with one letter of 1024', () => {
    expect(messagesOf('sga_target=300G processes=1500 pga_aggregate_target=2t\n')).toEqual([])
    expect(messagesOf('processes=many\n')).toEqual(['`many` is not a number for `processes`'])
  })

  it('is one of the words that Oracle has for it', () => {
    expect(messagesOf('use_large_pages=AUTO_ONLY lock_sga=TRUE\n')).toEqual([])
    expect(messagesOf('use_large_pages=yes\n')).toEqual([
      '`yes` is not a value of `use_large_pages`',
    ])
  })

  it('is only one: Oracle refuses a second with LRM-00112', () => {
    expect(messagesOf('processes=100,200\n')).toEqual([
      '`processes` takes one value; `200` is one too many',
    ])
  })
})
