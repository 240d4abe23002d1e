import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseGucFile } from '../../../src/importers/postgresql/guc/guc-file.ts'
import { settingsOf } from '../../../src/importers/postgresql/guc/settings.ts'
import { sharedMemoryOf } from '../../../src/importers/postgresql/shared-memory.ts'
import { releases } from '../../../src/importers/postgresql/structures.ts'

interface Recorded {
  readonly server: string
  /** Built with it, as those of distributions; the others are not. */
  readonly gssapi?: boolean
  readonly rows: readonly {
    readonly bytes: number
    readonly settings: Readonly<Record<string, string>>
  }[]
}

const leastRows = 140

/** Of each release one server, and one of a distribution. */
const recorded = [
  ...releases.map((release) => [release, `${release}`] as const),
  [15, '15-gssapi'],
] as const

describe.each(recorded)('shared memory of PostgreSQL %i (%s)', (release, name) => {
  const path = join(import.meta.dirname, `shared-memory-${name}.json`)
  const { server, rows, gssapi = false }: Recorded = JSON.parse(readFileSync(path, 'utf8'))

  it(`is, to the byte, what ${server} asked for`, () => {
    expect(rows.length).toBeGreaterThan(leastRows)
    for (const { bytes, settings: written } of rows) {
      const text = Object.entries(written).map(([name, value]) => `${name} = '${value}'\n`)
      const { lines, flaws } = parseGucFile({ file: 'postgresql.conf', text: text.join('') })
      const { settings, flaws: wrong } = settingsOf(lines, release)
      expect([...flaws, ...wrong], JSON.stringify(written)).toEqual([])
      const connections = settings.numberOf('max_connections')
      const memory = sharedMemoryOf({ rules: release, release, connections, gssapi }, settings)
      expect(memory.bytes, JSON.stringify(written)).toBe(bytes)
      expect(memory.libraries.every(({ margin }) => margin === 0)).toBe(true)
      expect(memory.parts.reduce((sum, part) => sum + part.bytes, 0)).toBe(bytes)
    }
  })
})
