import { describe, expect, it } from 'vitest'
import { importMysql } from '../../../src/importers/mysql/import-mysql.ts'
import { libraryOf, partsOf, placesOf } from '../folders.ts'

const importing = (lines: string, release?: string, memory = '64 GB') =>
  importMysql('my.cnf', libraryOf({ 'my.cnf': `[mysqld]\n${lines}` }), {
    memory,
    ...(release === undefined ? {} : { release }),
  })
const wrongIn = (lines: string, release?: string) => placesOf(importing(lines, release))

function scenarioOf(lines: string, release?: string, memory?: string) {
  const imported = importing(lines, release, memory)
  if (!imported.ok) throw new Error(placesOf(imported).join('\n'))
  return partsOf(imported.annotated)
}

describe('an option that mysqld does not have', () => {
  it('is an error with the one that was meant, where it is near to one that is used', () => {
    expect(wrongIn('inodb_buffer_pool_size=8G\n  Max-Conections=5\nskip-large-page\n')).toEqual([
      'my.cnf:2:1: mysqld has no option `inodb_buffer_pool_size` (did you mean `innodb_buffer_pool_size`?)',
      'my.cnf:3:3: mysqld has no option `Max-Conections` (did you mean `max_connections`?)',
      'my.cnf:4:1: mysqld has no option `skip-large-page` (did you mean `skip_large_pages`?)',
    ])
  })

  it('is ignored, and said to be, where the line begins with loose', () => {
    const { opening, scenario } = scenarioOf('loose-max-conections=7\nloose_max_connections=9\n')
    expect(opening).toContain(
      'Ignored, because the server has no such option: loose-max-conections (my.cnf:2).',
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

describe('the beginning of a name', () => {
  const lines = 'key_buffer = 1G\nread_buffer=1M\nmaximum-sort_buffer=9M\nmax_connection = 50\n'
  const readAs =
    'Abbreviated names, read in full: key_buffer (my.cnf:2) as key_buffer_size, read_buffer (my.cnf:3) as read_buffer_size, max_connection (my.cnf:5) as max_connections'

  it('is the name for MariaDB, and for MySQL up to 5.6', () => {
    for (const release of ['5.1', '5.6.51', '10.0', '10.11.6', '12.1']) {
      const { opening, scenario } = scenarioOf(lines, release)
      expect(opening, release).toContain(`${readAs}.`)
      expect(scenario.groups['mysqld']?.threads).toBe(50)
      expect(scenario.regions?.['key-cache']?.size).toMatch(/^8579\d\d KiB$/)
      // Of sorting, joining, reading (1 MiB here) and reading rows.
      const each = { '5.1': '3.4', '5.6.51': '1.8' }[release] ?? '3.5'
      expect(scenario.assumed?.['groups.mysqld.private']).toContain(`and ${each} MiB of sort`)
    }
  })

  it('is the name where nobody says the release, and that some do not start with it is said', () => {
    const { opening, scenario } = scenarioOf(lines)
    expect(opening).toContain(`${readAs}; MySQL since 5.7 does not start with them.`)
    expect(scenario.groups['mysqld']?.threads).toBe(50)
  })

  it('is an error for MySQL since 5.7', () => {
    for (const release of ['5.7', '8.0.36', '9']) {
      expect(wrongIn(lines, release), release).toEqual([
        'my.cnf:2:1: mysqld has no option `key_buffer` (did you mean `key_buffer_size`?)',
        'my.cnf:3:1: mysqld has no option `read_buffer` (did you mean `read_buffer_size`?)',
        'my.cnf:4:1: mysqld has no option `maximum-sort_buffer` (did you mean `maximum_sort_buffer_size`?)',
        'my.cnf:5:1: mysqld has no option `max_connection` (did you mean `max_connections`?)',
      ])
    }
    const imported = importing(lines, '8.0')
    expect(imported.ok ? undefined : imported.flaws[0]?.expected).toBe(
      'the full name of an option; MySQL since 5.7 does not start with an abbreviation',
    )
  })

  it('is an error where several names begin so', () => {
    const wrong = [
      'my.cnf:2:1: mysqld has no option `max_connect` (did you mean `max_connections`?)',
    ]
    for (const release of ['5.5', '10.6', undefined]) {
      expect(wrongIn('max_connect=5\n', release)).toEqual(wrong)
    }
    const imported = importing('max_connect=5\n')
    expect(imported.ok ? undefined : imported.flaws[0]?.expected).toBe(
      'the full name of an option; the server does not start with an ambiguous abbreviation',
    )
    // MariaDB has join_buffer_space_limit besides.
    expect(wrongIn('join_buffer=1M\n', '5.6')).toEqual([])
    expect(wrongIn('join_buffer=1M\n', '10.6')).toEqual([
      'my.cnf:2:1: mysqld has no option `join_buffer` (did you mean `join_buffer_size`?)',
    ])
  })

  it('is no matter where it is that of another option, or one itself', () => {
    const { opening, scenario } = scenarioOf('max_connect_error=5\nmysqlx=0\naudit_log=ON\n')
    expect(opening.some((line) => line.startsWith('Read as'))).toBe(false)
    expect(scenario.groups['mysqld']?.threads).toBe(151)
  })
})

describe('maximum- before a name', () => {
  it('limits what sessions may set, and sets nothing', () => {
    const { scenario } = scenarioOf('maximum-sort_buffer_size=4M\nloose-maximum_max_join_size=1\n')
    expect(scenario.assumed?.['groups.mysqld.private']).toMatch(/and 896\.0 KiB of sort/)
  })

  it('is no excuse for a name that the server does not have', () => {
    expect(wrongIn('maximum-sort_bufer_size=4M\nmaximum_connections=80\n')).toEqual([
      'my.cnf:2:1: mysqld has no option `maximum-sort_bufer_size` (did you mean `maximum_sort_buffer_size`?)',
      'my.cnf:3:1: mysqld has no option `maximum_connections` (did you mean `max_connections`?)',
    ])
  })
})

describe('a dedicated server', () => {
  const poolOf = (lines: string, memory: string, release?: string) => {
    const { scenario, notes } = scenarioOf(lines, release, memory)
    const note = notes.find(({ path }) => path.join('.') === 'regions.buffer-pool.size')
    return [scenario.regions?.['buffer-pool']?.size, note?.text]
  }

  it('takes its buffer pool from the memory of the host', () => {
    const said = 'innodb_dedicated_server = on (my.cnf:2): '
    expect(poolOf('innodb-dedicated-server\n', '1023 MiB')).toEqual([
      '128 MiB',
      `${said}128 MiB where --memory is below 1 GiB`,
    ])
    expect(poolOf('innodb-dedicated-server\n', '1 GiB')[0]).toBe('512 MiB')
    expect(poolOf('innodb-dedicated-server\n', '4 GB', '8.0')).toEqual([
      '2 GiB',
      `${said}50 % of --memory`,
    ])
    expect(poolOf('innodb_dedicated_server=1\n', '64 GB', '8.4.3')).toEqual([
      '48 GiB',
      'innodb_dedicated_server = 1 (my.cnf:2): 75 % of --memory',
    ])
    expect(poolOf('innodb-dedicated-server\ninnodb_buffer_pool_instances=3\n', '8 GB')[0]).toBe(
      '6 GiB',
    )
  })

  it('has what the files say, or the default, where it is not asked to', () => {
    expect(poolOf('innodb_dedicated_server=ON\ninnodb_buffer_pool_size=2G\n', '64 GB')).toEqual([
      '2 GiB',
      'innodb_buffer_pool_size = 2G (my.cnf:3)',
    ])
    for (const off of ['innodb_dedicated_server=OFF', 'skip-innodb-dedicated-server']) {
      expect(poolOf(`innodb_dedicated_server\n${off}\n`, '64 GB')[0], off).toBe('128 MiB')
    }
  })

  it('is unknown to MariaDB, and to MySQL before 8.0', () => {
    for (const release of ['5.7', '10.11']) {
      expect(wrongIn('innodb_dedicated_server=ON\n', release)).toEqual([
        'my.cnf:2:1: mysqld has no option `innodb_dedicated_server`',
      ])
      expect(poolOf('loose_innodb_dedicated_server=ON\n', '64 GB', release)[0]).toBe('128 MiB')
    }
  })
})

describe('a value', () => {
  it('that is wrong is shown where it stands', () => {
    expect(
      wrongIn('innodb_buffer_pool_size =  16GB\nmax_connections=\nkey_buffer_size="8x"\n'),
    ).toEqual([
      'my.cnf:2:28: `16GB` is not a number for `innodb_buffer_pool_size` (did you mean `16G`?)',
      'my.cnf:3:1: `` is not a number for `max_connections`',
      'my.cnf:4:17: `8x` is not a number for `key_buffer_size`',
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
