import { describe, expect, it } from 'vitest'
import { importMysql } from '../../../src/importers/mysql/import-mysql.ts'
import { libraryOf, placesOf } from '../folders.ts'

const importing = (lines: string) =>
  importMysql('my.cnf', libraryOf({ 'my.cnf': `[mysqld]\n${lines}` }), { memory: '64 GB' })
const wrongIn = (lines: string) => placesOf(importing(lines))

function scenarioOf(lines: string) {
  const imported = importing(lines)
  if (!imported.ok) throw new Error(placesOf(imported).join('\n'))
  return imported.scenario
}

describe('an option that mysqld does not have', () => {
  it('is an error with the one that was meant, where it is near to one that is used', () => {
    expect(wrongIn('innodb_buffer_pool_siz=8G\n  Max-Conections=5\nskip-large-page\n')).toEqual([
      'my.cnf:2:1: mysqld has no option `innodb_buffer_pool_siz` (did you mean `innodb_buffer_pool_size`?)',
      'my.cnf:3:3: mysqld has no option `Max-Conections` (did you mean `max_connections`?)',
      'my.cnf:4:1: mysqld has no option `skip-large-page` (did you mean `skip_large_pages`?)',
    ])
  })

  it('is said to be the beginning of one, which MariaDB would take for the whole', () => {
    const imported = importing('max_connection=5\n')
    const [flaw] = imported.ok ? [] : imported.flaws
    expect(flaw?.expected).toBe(
      'the whole name of an option; MySQL does not start with its beginning',
    )
  })

  it('is ignored, and said to be, where the line begins with loose', () => {
    const { opening, scenario } = scenarioOf('loose-max-conections=7\nloose_max_connections=9\n')
    expect(opening).toContain(
      'Ignored by a server that has no such option: loose-max-conections (my.cnf:2).',
    )
    expect(scenario.groups['mysqld']?.threads).toBe(9)
  })

  it('is none that it has, however near', () => {
    const real = [
      'max_connect_errors=10',
      'max_user_connections=10',
      'mysqlx_max_connections=10',
      'extra_max_connections=1',
      'innodb_log_file_size=1G',
      'innodb_sort_buffer_size=1M',
      'innodb_ddl_buffer_size=1M',
      'myisam_sort_buffer_size=8M',
      'innodb_buffer_pool_dump_pct=25',
      'innodb_buffer_pool_load_now=OFF',
      'innodb_buffer_pool_filename=ib',
      'innodb_buffer_pool_size_max=16G',
      'preload_buffer_size=32K',
      'innodb=FORCE',
      'skip-name-resolve',
      'hot.key_buffer_siz=8M',
    ]
    for (const line of real) expect(wrongIn(`${line}\n`), line).toEqual([])
  })
})

describe('a value', () => {
  it('that is wrong is shown where it stands', () => {
    expect(
      wrongIn('innodb_buffer_pool_size =  16GB\nmax_connections=\nkey_buffer_size="8x"\n'),
    ).toEqual([
      'my.cnf:2:28: `16GB` is no number for `innodb_buffer_pool_size` (did you mean `16G`?)',
      'my.cnf:3:1: `` is no number for `max_connections`',
      'my.cnf:4:17: `8x` is no number for `key_buffer_size`',
    ])
  })

  it('that nobody could have is shown where it stands, and never counted', () => {
    expect(wrongIn('innodb_buffer_pool_size=7P\n')).toEqual([
      'my.cnf:2:25: the buffer pool comes to more than 4 PiB',
    ])
    expect(wrongIn('max_connections=1000\nread_buffer_size=1M\nsort_buffer_size=4P\n')).toEqual([
      'my.cnf:4:18: memory beside the buffer pool comes to more than 4 PiB',
    ])
    expect(wrongIn('max_connections=9007199254740991\n')).toEqual([
      'my.cnf:2:17: memory beside the buffer pool comes to more than 4 PiB',
    ])
  })

  it('of a switch is what the last line says, with the word before its name', () => {
    const isLarge = (lines: string) =>
      scenarioOf(lines).scenario.regions?.['buffer-pool']?.pageSize !== undefined
    expect(isLarge('large-pages\n')).toBe(true)
    expect(isLarge('large-pages\nskip-large-pages\n')).toBe(false)
    expect(isLarge('skip-large-pages\nlarge-pages\n')).toBe(true)
    expect(isLarge('skip_large_pages=0\n')).toBe(true)
    expect(isLarge('enable-large-pages\n')).toBe(true)
    expect(isLarge('disable_large_pages\n')).toBe(false)
    expect(isLarge('large_pages=maybe\n')).toBe(false)
  })
})
