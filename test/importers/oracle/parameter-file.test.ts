import { describe, expect, it } from 'vitest'
import { instanceOf } from '../../../src/importers/oracle/instance.ts'
import { readParameters } from '../../../src/importers/oracle/parameter-file.ts'
import { granuleBytes } from '../../../src/importers/oracle/system-area.ts'
import { libraryOf } from '../folders.ts'

const gib = 2 ** 30
const mib = 2 ** 20

const read = (text: string) => readParameters('init.ora', libraryOf({ 'init.ora': text }))

describe('an initialization parameter file', () => {
  it('has several parameters to a line, lists over several lines, quotes and comments', () => {
    const { entries } = read(
      'PROCESSES = 100 CPU_COUNT=1 # OPEN_CURSORS = 10\n*.control_files=(\'/a b.ctl\',\n  "/c#d.ctl")\norcl1.sga_target=8G\nx = a\\#b \\\nc\n',
    )
    expect(entries.map(({ name, instance, values }) => [instance, name, values])).toEqual([
      [undefined, 'processes', ['100']],
      [undefined, 'cpu_count', ['1']],
      [undefined, 'control_files', ['/a b.ctl', '/c#d.ctl']],
      ['orcl1', 'sga_target', ['8G']],
      [undefined, 'x', ['a#b', 'c']],
    ])
  })

  it('says more about one instance than about all', () => {
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

  it('has instances of ASM, and families of instances that none of them is', () => {
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

  it('is text', () => {
    const [flaw] = read('C\0\0spfile').flaws
    expect(flaw?.message).toBe('this is not text: a server parameter file, perhaps')
  })

  it('ends where files name each other', () => {
    const files = { 'init.ora': 'ifile=b.ora\n', 'b.ora': 'ifile=init.ora ifile=init.ora\n' }
    const { flaws } = readParameters('init.ora', libraryOf(files))
    expect(flaws[0]?.message).toBe('files include each other more than 10 levels deep')
    const itself = readParameters('a.ora', libraryOf({ 'a.ora': 'sga_target=8G\nifile=a.ora\n' }))
    expect(itself.flaws.map(({ message }) => message)).toEqual(['this file includes itself'])
  })
})

describe('the granule', () => {
  it('grows with the largest size of the SGA', () => {
    expect(
      [1, 2, 8, 9, 16, 20, 33, 100, 128, 300].map((size) => granuleBytes(size * gib) / mib),
    ).toEqual([4, 16, 16, 32, 32, 64, 128, 256, 256, 512])
  })
})
