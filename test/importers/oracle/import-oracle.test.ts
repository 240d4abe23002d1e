import { describe, expect, it } from 'vitest'
import { importOracle } from '../../../src/importers/oracle/import-oracle.ts'
import { toIssue } from '../../../src/scenario/yaml/yaml-tree.ts'
import { libraryOf, placesOf } from '../folders.ts'

const importing = (files: Readonly<Record<string, string>>) =>
  importOracle('init.ora', libraryOf(files), { memory: '512 GB' })

describe('a parameter file without the size of the SGA', () => {
  it('is refused at its first line', () => {
    const imported = importing({ 'init.ora': '# empty\n' })
    const [flaw] = imported.ok ? [] : imported.flaws
    expect(flaw === undefined ? undefined : toIssue(flaw)).toMatchObject({
      line: 1,
      sourceLine: '# empty',
    })
  })

  it('is refused where it names the server parameter file, with the way to a text', () => {
    expect(placesOf(importing({ 'init.ora': "spfile='/u01/spfileorcl.ora'\n" }))).toEqual([
      "init.ora:1:1: the size of the SGA is missing (CREATE PFILE='/tmp/init.ora' FROM SPFILE, and import that)",
    ])
  })
})

it('an SGA of more than 4 PiB is refused at its largest part', () => {
  const text = 'db_cache_size=4000T\nshared_pool_size=8000T\n'
  expect(placesOf(importing({ 'init.ora': text }))).toEqual([
    'init.ora:2:18: the SGA exceeds 4 PiB',
  ])
})
