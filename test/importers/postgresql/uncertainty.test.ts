import { describe, expect, it } from 'vitest'
import { parseGucFile } from '../../../src/importers/postgresql/guc/guc-file.ts'
import { settingsOf } from '../../../src/importers/postgresql/guc/settings.ts'
import { releaseOf } from '../../../src/importers/postgresql/release.ts'
import { uncertaintiesOf, withMargin } from '../../../src/importers/postgresql/uncertainty.ts'
import { libraryOf } from '../folders.ts'

const mib = 2 ** 20

const memory = {
  bytes: 150 * mib,
  buffers: 16_384,
  before: 10 * mib,
  parts: [{ name: 'buffers', bytes: 150 * mib }],
  libraries: [],
  processes: 100,
}

function uncertaintiesIn(text: string, release?: string, libraries: typeof memory.libraries = []) {
  const known = releaseOf('postgresql.conf', '', libraryOf({}), release)
  const { lines } = parseGucFile({ file: 'pg.conf', text })
  const { settings } = settingsOf(lines, known.defaults)
  return uncertaintiesOf(known, settings, { ...memory, libraries })
}

describe('the size of the shared memory is uncertain', () => {
  it('nowhere for a release that was measured', () => {
    expect(uncertaintiesIn('', '18')).toEqual([])
  })

  it('by a tenth of what is beside the blocks, where another release stands in', () => {
    // 150 MiB less 128 MiB of blocks: 2.2 MiB, in whole 8 kB.
    const margin = Math.ceil((22 * mib * 0.1) / 8192) * 8192
    expect(uncertaintiesIn('', '14')).toEqual([
      { why: 'structures of PostgreSQL 14 were not measured', marginBytes: margin },
    ])
    expect(uncertaintiesIn('edb_dynatune = 66\n', '16')).toEqual([
      { why: 'the server is derived from PostgreSQL', marginBytes: margin },
    ])
  })

  it('without a number where no file says the release', () => {
    expect(uncertaintiesIn('')).toEqual([{ why: 'the release is unknown', marginBytes: 0 }])
  })

  it('by the rings of io_uring: 128 bytes an entry in whole pages, and two pages, in each process', () => {
    const [rings] = uncertaintiesIn('io_method = io_uring\nio_max_concurrency = 64\n', '18')
    expect(rings?.marginBytes).toBe(100 * (2 + 2) * 4096)
  })
})

it('margins are a part of the memory', () => {
  const { bytes, parts } = withMargin(memory, [
    { why: 'a', marginBytes: mib },
    { why: 'b', marginBytes: 2 * mib },
  ])
  expect(bytes).toBe(153 * mib)
  expect(parts.reduce((sum, part) => sum + part.bytes, 0)).toBe(bytes)
  expect(withMargin(memory, [])).toBe(memory)
})
