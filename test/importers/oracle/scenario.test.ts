import { describe, expect, it } from 'vitest'
import { importOracle } from '../../../src/importers/oracle/import-oracle.ts'
import { libraryOf, partsOf, placesOf } from '../folders.ts'

function made(text: string) {
  const library = libraryOf({ 'init.ora': text })
  const imported = importOracle('init.ora', library, { memory: '64 GB', swap: '8 GB' })
  if (!imported.ok) throw new Error(placesOf(imported).join('\n'))
  return { ...partsOf(imported.annotated), origins: imported.annotated.origins }
}

describe('the scenario of an Oracle instance', () => {
  it('is named after the first instance, and has its SGA, servers and background', () => {
    const { scenario } = made('orcl1.sga_target=8G\norcl2.sga_target=4G\n')
    expect(scenario.name).toBe('Oracle orcl1')
    expect(scenario.host).toMatchObject({ memory: '64 GB', swap: '8 GB' })
    expect(Object.keys(scenario.regions ?? {})).toEqual(['sga'])
    expect(Object.keys(scenario.groups)).toEqual(['servers', 'background'])
  })

  it('begins with what it does not plan', () => {
    const text =
      'orcl1.sga_target=8G\norcl2.sga_target=4G\nfamily:dw.processes=7\nshared_servers=5\n'
    expect(made(text).opening).toEqual(
      expect.arrayContaining([
        'shared_servers = 5: clients of dispatchers need no process of their own; set the number of dedicated servers with --connections N.',
        'Other instances are not planned: orcl2.',
        'Ignored, because they are set for a family of instances only: family:dw.processes (init.ora:3).',
      ]),
    )
  })

  it('counts sessions as Oracle does: 1.5 · processes + 22 unless the file has more', () => {
    const sessionsIn = (text: string) =>
      /Up to (\d+) sessions/.exec(made(text).opening.join(' '))?.[1]
    expect(sessionsIn('sga_target=8G\nprocesses=100\n')).toBe('172')
    expect(sessionsIn('sga_target=8G\nprocesses=100\nsessions=500\n')).toBe('500')
  })
})
