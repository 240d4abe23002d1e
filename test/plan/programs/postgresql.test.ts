import { describe, expect, it } from 'vitest'
import { importPostgresql } from '../../../src/importers/postgresql/import-postgresql.ts'
import { postgresql } from '../../../src/plan/programs/postgresql.ts'
import { parseSize } from '../../../src/units/size.ts'
import { gib, mib, nth, workload, x8664 } from '../../build.ts'
import { libraryOf, placesOf } from '../../importers/folders.ts'

/** The segment as the rules of a release compute it. */
function segmentBytes(buffers: number, connections: number, release: string): number {
  const text = `shared_buffers = ${buffers / mib}MB\nmax_connections = ${connections}\nhuge_pages = off\n`
  const wishes = { memory: '1 TB', release }
  const made = importPostgresql('postgresql.conf', libraryOf({ 'postgresql.conf': text }), wishes)
  if (!made.ok) throw new Error(placesOf(made).join('\n'))
  const size = parseSize(
    made.annotated.complete().regions?.['shared-memory']?.size ?? '',
    x8664.pageBytes,
  )
  return size.ok ? size.bytes : Number.NaN
}

function overheadBytes(buffers: number, connections: number): number {
  const { regions } = workload({ regions: { sb: { size: buffers } } })
  return postgresql.overheadBytes?.(nth(regions, 0), connections, true) ?? 0
}

describe('what the segment of PostgreSQL takes beside shared_buffers', () => {
  const sizes = [128 * mib, gib, 16 * gib, 100 * gib]
  it.each(['12', '15', '16', '17', '18'])('is no more than the bound in release %s', (release) => {
    for (const buffers of sizes) {
      for (const connections of [100, 1000, 5000]) {
        const beside = segmentBytes(buffers, connections, release) - buffers
        const bound = overheadBytes(buffers, connections)
        expect([buffers, connections, beside <= bound]).toEqual([buffers, connections, true])
      }
    }
  })

  it('is not far below it where the buffers decide: 100 GiB', () => {
    const beside = segmentBytes(100 * gib, 400, '17') - 100 * gib
    expect(overheadBytes(100 * gib, 400) / beside).toBeLessThan(1.4)
  })
})
