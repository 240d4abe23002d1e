import { describe, expect, it } from 'vitest'
import { importScenario } from '../../src/importers/import-scenario.ts'
import { readScenario } from '../../src/scenario/read-scenario.ts'

const memory = '64 GB'

describe('a configuration in memory', () => {
  it('becomes a scenario that can be read, with what it includes', () => {
    const files = {
      'postgresql.conf': "max_connections = 20\ninclude_dir 'conf.d'\n",
      'conf.d/size.conf': 'shared_buffers = 1GB\n',
    }
    const made = importScenario('postgresql.conf', files, { memory })
    if (!made.ok) throw new Error(JSON.stringify(made.issues))
    expect(made.text).toContain('processes: 20 # max_connections = 20 (postgresql.conf:1)')
    expect(made.text).toContain('conf.d/size.conf:1')
    expect(readScenario(made.text, 'made.yaml').ok).toBe(true)
  })

  it('of another name is known by what it says, or by its database', () => {
    const files = { 'db.txt': '[mysqld]\ninnodb_buffer_pool_size = 1G\n' }
    expect(importScenario('db.txt', files, { memory }).ok).toBe(true)
    const empty = { 'db.txt': '' }
    expect(importScenario('db.txt', empty, { memory, database: 'postgresql' }).ok).toBe(true)
    expect(importScenario('db.txt', empty, { memory })).toMatchObject({
      ok: false,
      issues: [{ file: 'db.txt', line: 1, message: 'the kind of the file is unknown' }],
    })
  })

  it('has all its mistakes named, each with its place', () => {
    const files = { 'postgresql.conf': 'shared_buffers = lots\nmax_connections = none\n' }
    const made = importScenario('postgresql.conf', files, { memory })
    expect(made).toMatchObject({ ok: false, issues: [{ line: 1 }, { line: 2 }] })
  })

  it('that was not given is an issue of the file, and a wrong option one of the option', () => {
    expect(importScenario('postgresql.conf', {}, { memory })).toMatchObject({
      issues: [{ file: 'postgresql.conf', message: expect.stringContaining('it was not given') }],
    })
    expect(importScenario('gone.txt', {}, { memory }).ok).toBe(false)
    const files = { 'postgresql.conf': '' }
    expect(importScenario('postgresql.conf', files, { memory: 'much' })).toMatchObject({
      issues: [{ file: '--memory' }],
    })
  })

  it('of a database that no importer knows is a mistake of the caller', () => {
    const database = 'access' as 'oracle'
    expect(() => importScenario('a', { a: '' }, { memory, database })).toThrow(RangeError)
  })
})
