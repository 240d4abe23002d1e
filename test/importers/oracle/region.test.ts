import { describe, expect, it } from 'vitest'
import { importOracle } from '../../../src/importers/oracle/import-oracle.ts'
import { libraryOf, placesOf } from '../folders.ts'

function scenarioOf(text: string, release?: string) {
  const options = { memory: '64 GB', ...(release === undefined ? {} : { release }) }
  const imported = importOracle('init.ora', libraryOf({ 'init.ora': text }), options)
  if (!imported.ok) throw new Error(placesOf(imported).join('\n'))
  return imported.annotated.complete()
}

const regionOf = (text: string, release?: string) =>
  scenarioOf(`sga_target=8G\n${text}`, release).regions?.['sga']

describe('an SGA that the pool of huge pages cannot hold', () => {
  it('is on what huge pages there are, and the rest on base pages, by default', () => {
    for (const text of ['', 'use_large_pages=TRUE', 'use_large_pages=auto']) {
      expect(regionOf(text), text).toMatchObject({ pageSize: '2 MiB', fallback: 'mixed' })
    }
  })

  it('leaves the pool alone before 11.2.0.3', () => {
    for (const release of ['10.2', '11.1.0.7', '11.2.0.1', '11.2.0.2']) {
      expect(regionOf('', release)?.fallback, release).toBe('base-pages')
    }
    for (const release of ['11.2', '11.2.0.3', '11.2.0.4', '12.1', '19.3', '23']) {
      expect(regionOf('', release)?.fallback, release).toBe('mixed')
    }
  })

  it('keeps the instance from starting where it must have huge pages', () => {
    for (const word of ['ONLY', 'auto_only']) {
      const made = scenarioOf(`sga_target=8G\nuse_large_pages=${word}\n`)
      expect(made.regions?.['sga']?.fallback, word).toBe('fail')
      expect(made.host.hugepages).toEqual({ '2 MiB': 4096 })
    }
  })

  it('asks for none where the files forbid it', () => {
    expect(regionOf('use_large_pages=false')).toEqual({
      size: '8 GiB',
      backing: 'sysv-shm',
      program: 'oracle',
    })
  })
})

describe('the default of use_large_pages', () => {
  it('is an assumption, which says what it is on Exadata', () => {
    expect(scenarioOf('sga_target=8G\n').assumed?.['regions.sga.fallback']).toBe(
      "use_large_pages = TRUE (Oracle's default; on Exadata it is AUTO_ONLY, in the cloud and with OEDA ONLY)",
    )
  })
})
