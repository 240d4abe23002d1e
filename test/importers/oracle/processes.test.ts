import { describe, expect, it } from 'vitest'
import { importOracle } from '../../../src/importers/oracle/import-oracle.ts'
import { libraryOf, placesOf } from '../folders.ts'

describe('processes of an instance', () => {
  const countsOf = (text: string, connections?: number) => {
    const imported = importOracle('init.ora', libraryOf({ 'init.ora': `sga_target=8G\n${text}` }), {
      memory: '512 GB',
      ...(connections === undefined ? {} : { connections }),
    })
    if (!imported.ok) throw new Error(placesOf(imported).join('\n'))
    const { groups, assumed = {} } = imported.annotated.complete()
    const counts = [groups['servers']?.processes, groups['background']?.processes]
    return [...counts, assumed['groups.background.processes']]
  }
  const count = 'about 60 in 12c and later'

  it('are within the limit of the file, background and all', () => {
    expect(countsOf('processes=500\n')).toEqual([440, 60, count])
    const room = (left: number) => `${count}; processes = 50 (init.ora:2) leaves room for ${left}`
    expect(countsOf('processes=50\n')).toEqual([1, 49, room(49)])
    expect(countsOf('processes=50\n', 30)).toEqual([30, 20, room(20)])
    expect(countsOf('processes=500\n', 440)).toEqual([440, 60, count])
  })

  it('are as many as --connections says, where the file does not allow them', () => {
    expect(countsOf('processes=50\n', 50)).toEqual([50, 60, count])
    expect(countsOf('', 400)).toEqual([400, 60, count])
  })
})

describe('private memory of a server process', () => {
  const privateOf = (text: string) => {
    const file = `sga_target=8G\nprocesses=160\n${text}`
    const imported = importOracle('init.ora', libraryOf({ 'init.ora': file }), { memory: '64 GB' })
    return imported.ok ? imported.annotated.scenario.groups['servers']?.private : undefined
  }

  it('is an equal part of PGA_AGGREGATE_TARGET', () => {
    // 100 servers beside 60 background processes: 1 GiB / 100 is 10,737,418 bytes, 2621 whole pages.
    expect(privateOf('pga_aggregate_target=1G\n')).toBe('10484 KiB')
  })

  it('is 4 MiB where that part is smaller, or nothing says', () => {
    expect(privateOf('pga_aggregate_target=100M\n')).toBe('4 MiB')
    expect(privateOf('')).toBe('4 MiB')
  })
})
