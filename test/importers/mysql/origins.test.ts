import { describe, expect, it } from 'vitest'
import { importMysql } from '../../../src/importers/mysql/import-mysql.ts'
import { placeText } from '../../../src/importers/place.ts'
import { libraryOf, placesOf } from '../folders.ts'

function origins(lines: string, connections?: number) {
  const imported = importMysql('my.cnf', libraryOf({ 'my.cnf': `[mysqld]\n${lines}` }), {
    memory: '64 GB',
    release: '8.0',
    ...(connections === undefined ? {} : { connections }),
  })
  if (!imported.ok) throw new Error(placesOf(imported).join('\n'))
  const places = [...imported.annotated.origins].map(([path, spot]) => [path, placeText(spot)])
  return Object.fromEntries(places)
}

describe('a complaint about a scenario of MySQL', () => {
  it('points at the size of the buffer pool', () => {
    expect(origins('port=1\ninnodb_buffer_pool_size=8G\n')).toMatchObject({
      'regions.buffer-pool': 'my.cnf:3',
      'groups.mysqld.maps': 'my.cnf:3',
    })
  })

  it('points at innodb_dedicated_server, where that decides the size', () => {
    expect(origins('innodb_dedicated_server=on\n')['regions.buffer-pool']).toBe('my.cnf:2')
  })

  it('points at the largest buffer for private memory, or else at the connections', () => {
    const text = 'max_connections=500\nsort_buffer_size=8M\njoin_buffer_size=16M\n'
    expect(origins(text)['groups.mysqld.private']).toBe('my.cnf:4')
    expect(origins('max_connections=500\n')['groups.mysqld.private']).toBe('my.cnf:2')
  })

  it('points at --connections for the threads, where it is given', () => {
    expect(origins('max_connections=500\n', 90)['groups.mysqld.threads']).toBe('--connections:1')
  })
})
