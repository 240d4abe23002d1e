import { describe, expect, it } from 'vitest'
import { importMysql } from '../../../src/importers/mysql/import-mysql.ts'
import { libraryOf, placesOf } from '../folders.ts'

const importing = (lines: string, release?: string) =>
  importMysql('my.cnf', libraryOf({ 'my.cnf': `[mysqld]\n${lines}` }), {
    memory: '128 GB',
    ...(release === undefined ? {} : { release }),
  })

describe('the performance schema', () => {
  const privateOf = (lines: string, release?: string) => {
    const imported = importing(lines, release)
    if (!imported.ok) throw new Error(placesOf(imported).join('\n'))
    return imported.annotated.complete().assumed?.['groups.mysqld.private']
  }

  it('is counted where the server has it, and the files are named where they say', () => {
    expect(privateOf('')).toContain(
      "424.0 MiB for the program and shared buffers, 240.0 MiB of it for the performance schema (the server's default)",
    )
    expect(privateOf('performance_schema=OFF\n')).toContain(
      '184.0 MiB for the program and shared buffers without the performance schema (performance_schema = OFF, my.cnf:2)',
    )
    expect(privateOf('skip-performance-schema\n')).toMatch(/^184[.]0 MiB/)
    expect(privateOf('', '10.11')).toContain(
      "119.0 MiB for the program and shared buffers without the performance schema (the server's default), and 2.6 MiB of sort",
    )
    expect(privateOf('performance_schema\n', '10.11')).toMatch(/^209[.]0 MiB/)
  })
})

describe('memory of each connection', () => {
  it('is its buffers for sorting, joining and reading', () => {
    // 160 + 240 MiB, 8 + 16 MiB of buffers, and 100 · (1 + 2 + 3 + 4) MiB.
    const buffers = 'sort_buffer_size=1M\njoin_buffer_size=2M\nread_buffer_size=3M\n'
    const imported = importing(`max_connections=100\n${buffers}read_rnd_buffer_size=4M\n`, '8.0')
    if (!imported.ok) throw new Error(placesOf(imported).join('\n'))
    expect(imported.annotated.scenario.groups['mysqld']?.private).toBe('1424 MiB')
  })
})
