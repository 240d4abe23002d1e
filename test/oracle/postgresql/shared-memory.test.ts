import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseGucFile } from '../../../src/importers/postgresql/guc-file.ts'
import { settingsOf } from '../../../src/importers/postgresql/settings.ts'
import { sharedMemoryOf } from '../../../src/importers/postgresql/shared-memory.ts'
import { releases } from '../../../src/importers/postgresql/structures.ts'

interface Recorded {
  readonly server: string
  readonly rows: readonly {
    readonly bytes: number
    readonly settings: Readonly<Record<string, string>>
  }[]
}

const leastRows = 140

describe.each(releases)('shared memory of PostgreSQL %i', (release) => {
  const path = join(import.meta.dirname, `shared-memory-${release}.json`)
  const { server, rows }: Recorded = JSON.parse(readFileSync(path, 'utf8'))

  it(`is, to the byte, what ${server} asked for`, () => {
    expect(rows.length).toBeGreaterThan(leastRows)
    for (const { bytes, settings: written } of rows) {
      const text = Object.entries(written).map(([name, value]) => `${name} = '${value}'\n`)
      const { lines, flaws } = parseGucFile({ file: 'postgresql.conf', text: text.join('') })
      const { settings, flaws: wrong } = settingsOf(lines)
      expect([...flaws, ...wrong], JSON.stringify(written)).toEqual([])
      const memory = sharedMemoryOf(release, settings, settings.numberOf('max_connections'))
      expect(memory.bytes, JSON.stringify(written)).toBe(bytes)
      expect(memory.parts.reduce((sum, part) => sum + part.bytes, 0)).toBe(bytes)
    }
  })
})
