import { describe, expect, it } from 'vitest'
import { importMysql } from '../../../src/importers/mysql/import-mysql.ts'
import { libraryOf, placesOf } from '../folders.ts'

const importing = (lines: string, release?: string) =>
  importMysql('my.cnf', libraryOf({ 'my.cnf': lines }), {
    memory: '8 GB',
    ...(release === undefined ? {} : { release }),
  })
const wrongIn = (lines: string) => placesOf(importing(`[mysqld]\n${lines}`))

describe('a size', () => {
  it('of more than 4 PiB is refused at the option that decides it', () => {
    expect(wrongIn('innodb_buffer_pool_size=7P\n')).toEqual([
      'my.cnf:2:25: the buffer pool exceeds 4 PiB',
    ])
    expect(wrongIn('max_connections=1000\nread_buffer_size=1M\nsort_buffer_size=4P\n')).toEqual([
      'my.cnf:4:18: memory outside the buffer pool exceeds 4 PiB',
    ])
    expect(wrongIn('max_connections=9007199254740991\njoin_buffer_size=64G\n')).toEqual([
      'my.cnf:3:18: memory outside the buffer pool exceeds 4 PiB',
    ])
  })
})

it('tables in memory are named as not counted', () => {
  const imported = importing('[mysqld]\nmax_heap_table_size=512M\n', '5.7')
  expect(imported.ok && imported.annotated.headerComment).toContain(
    "Not counted: memory tables (each up to max_heap_table_size = 512M (my.cnf:2)) and temporary tables in memory (each up to tmp_table_size: the server's default).",
  )
})

it('a file without a group of the server is refused', () => {
  expect(placesOf(importing('[client]\nport=3306\n'))).toEqual([
    'my.cnf:1:1: the file has no group that the server reads',
  ])
})
