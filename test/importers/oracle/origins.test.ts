import { describe, expect, it } from 'vitest'
import { importOracle } from '../../../src/importers/oracle/import-oracle.ts'
import { placeText } from '../../../src/importers/place.ts'
import { libraryOf, placesOf } from '../folders.ts'

function origins(text: string, connections?: number) {
  const options = { memory: '64 GB', ...(connections === undefined ? {} : { connections }) }
  const imported = importOracle('init.ora', libraryOf({ 'init.ora': text }), options)
  if (!imported.ok) throw new Error(placesOf(imported).join('\n'))
  const places = [...imported.annotated.origins].map(([path, spot]) => [path, placeText(spot)])
  return Object.fromEntries(places)
}

describe('a complaint about a scenario of Oracle', () => {
  it('points at the largest of the parameters that make up the SGA', () => {
    expect(origins('db_cache_size=2G\nshared_pool_size=3G\n')).toMatchObject({
      'regions.sga': 'init.ora:2',
      'groups.servers.maps': 'init.ora:2',
    })
  })

  it('points at PROCESSES for the number of processes, or at --connections', () => {
    const text = 'sga_target=8G\nprocesses=500\npga_aggregate_target=1G\n'
    expect(origins(text)).toMatchObject({
      'groups.servers.processes': 'init.ora:2',
      'groups.servers.private': 'init.ora:3',
    })
    expect(origins(text, 40)['groups.background.processes']).toBe('--connections:1')
  })
})
