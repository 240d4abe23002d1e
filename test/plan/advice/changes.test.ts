import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importMysql } from '../../../src/importers/mysql/import-mysql.ts'
import { importOracle } from '../../../src/importers/oracle/import-oracle.ts'
import { importPostgresql } from '../../../src/importers/postgresql/import-postgresql.ts'
import type { Result } from '../../../src/plan/result/result.ts'
import { writeScenario } from '../../../src/scenario/write-scenario.ts'
import { libraryOf, placesOf } from '../../importers/folders.ts'
import { applied, resultOfText } from './applied.ts'

const root = join(import.meta.dirname, '../../..')

function scenariosIn(folder: string): readonly (readonly [string, string])[] {
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => [name, readFileSync(join(root, folder, name), 'utf8')] as const)
}

const captured = [
  'postgres-base-pages',
  'postgres-huge-pages',
  'node-threads',
  'sysv-and-memfd',
].map(
  (name) =>
    [name, readFileSync(join(root, `test/fixtures/proc/${name}/scenario.yaml`), 'utf8')] as const,
)

const importers = {
  'postgresql.conf': importPostgresql,
  'my.cnf': importMysql,
  'init.ora': importOracle,
}

/** What import makes of a file, written as it writes it. */
function imported(
  file: keyof typeof importers,
  text: string,
  memory: string,
  release?: string,
): string {
  const wishes = { memory, ...(release === undefined ? {} : { release }) }
  const made = importers[file](file, libraryOf({ [file]: text }), wishes)
  if (!made.ok) throw new Error(placesOf(made).join('\n'))
  return writeScenario(made.annotated)
}

const usual = 'shared_buffers = 16GB\nmax_connections = 600\n'
const configurations = [
  [
    'PostgreSQL, the shipped file',
    imported(
      'postgresql.conf',
      readFileSync(join(root, 'scenarios/postgresql.conf'), 'utf8'),
      '64 GB',
    ),
  ],
  ['PostgreSQL 17', imported('postgresql.conf', usual, '64 GB', '17')],
  [
    'PostgreSQL 13, huge_pages = on',
    imported('postgresql.conf', `${usual}huge_pages = on\n`, '64 GB', '13'),
  ],
  [
    'PostgreSQL 16, huge_pages = off',
    imported('postgresql.conf', `${usual}huge_pages = off\n`, '64 GB', '16'),
  ],
  [
    'MariaDB with large pages',
    imported('my.cnf', '[mysqld]\ninnodb_buffer_pool_size=2G\nlarge_pages\n', '4 GB', '10.11.19'),
  ],
  [
    'MySQL with large pages',
    imported('my.cnf', '[mysqld]\ninnodb_buffer_pool_size=8G\nlarge_pages\n', '16 GB', '8.0.36'),
  ],
  [
    'MySQL without',
    imported('my.cnf', '[mysqld]\ninnodb_buffer_pool_size=8G\n', '16 GB', '8.0.36'),
  ],
  ['Oracle', imported('init.ora', 'sga_target=100G\nprocesses=1200\n', '160 GB')],
  [
    'Oracle with memory_target',
    imported('init.ora', 'memory_target=60G\nprocesses=1200\n', '160 GB'),
  ],
  [
    'Oracle, only large pages',
    imported('init.ora', 'sga_target=100G\nprocesses=1200\nuse_large_pages=only\n', '160 GB'),
  ],
] as const

/** Huge pages that no region uses, in bytes. */
function idleBytes(result: Result): number {
  const described = result.strategies.find(({ id }) => id === 'as-described')
  if (described?.applies !== true) throw new RangeError('as-described was not planned')
  return described.memory.pools.reduce(
    (sum, { strandedPages, pageBytes }) => sum + strandedPages * pageBytes,
    0,
  )
}

function describedIn(result: Result) {
  const found = result.strategies.find(({ id }) => id === 'as-described')
  if (found?.applies !== true) throw new RangeError('as-described was not planned')
  return found
}

const all = [
  ...scenariosIn('scenarios'),
  ...scenariosIn('test/transcript/files'),
  ...captured,
  ...configurations,
]

/** Each text is planned once: a test asks again for what another one has asked. */
const results = new Map<string, Result>()
function resultOf(text: string): Result {
  const result = results.get(text) ?? resultOfText(text)
  results.set(text, result)
  return result
}

it.each(all)('%s says either what to do or why there is nothing to do', (_, text) => {
  const { advice, nothingToDo } = resultOf(text)
  expect(advice.length === 0).toBe(nothingToDo !== undefined)
})

const advised = all.flatMap(([name, text]) => {
  const before = resultOf(text)
  const [first] = before.advice
  return first === undefined ? [] : [{ name, text, before, first }]
})

it('there are scenarios to follow the advice in, and some have none', () => {
  expect(advised.length).toBeGreaterThan(15)
  expect(advised.length).toBeLessThan(all.length)
})

describe.each(advised)('$name', ({ text, before, first }) => {
  it('is as good as promised once the first advice is followed', () => {
    const after = resultOf(applied(text, first))
    const described = describedIn(after)
    expect(described.risk.level).toBe(first.riskLevel)
    expect(described.pageTables.bytes).toBe(first.pageTableBytes)
    expect(described.memory.headroomBytes).toBe(first.headroomBytes)
  })

  it('has nothing left to do then, and no idle huge pages', () => {
    const after = resultOf(applied(text, first))
    expect(after.advice).toEqual([])
    expect(after.nothingToDo).toBeDefined()
    expect(idleBytes(after)).toBeLessThan(after.host.memoryBytes / 100)
    const saying = after.findings.map(({ kind }) => kind)
    expect(saying).not.toContain('huge-pages-do-it-today')
    expect(saying).not.toContain('pool-too-small')
  })

  it('keeps every other promise too', () => {
    for (const each of before.advice) {
      const described = describedIn(resultOf(applied(text, each)))
      expect([each.id, described.risk.level]).toEqual([each.id, each.riskLevel])
      expect([each.id, described.memory.headroomBytes]).toEqual([each.id, each.headroomBytes])
    }
  })
})
