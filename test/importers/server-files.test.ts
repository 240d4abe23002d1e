import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importDatabase } from '../../src/importers/importers.ts'
import { serverFiles } from '../../src/importers/server-files.ts'
import { libraryOf, placesOf } from './folders.ts'

/** A machine all in memory, of which some paths are links. */
const imported = (
  database: string,
  main: string,
  files: Readonly<Record<string, string>>,
  { root, links = {} }: { root?: string; links?: Readonly<Record<string, string>> } = {},
) => {
  const real = (path: string) => {
    const clean = posix.resolve('/cwd', path)
    const link = Object.keys(links).find((one) => clean === one || clean.startsWith(`${one}/`))
    return link === undefined ? clean : `${links[link]}${clean.slice(link.length)}`
  }
  const { read, list } = libraryOf(files)
  const machine = {
    identify: real,
    read: (path: string) => read(path === '-' ? path : real(path)),
    list: (folder: string) => list(real(folder)),
  }
  const library = serverFiles(machine, main, root)
  return { library, made: importDatabase(database, main, library, { memory: '64 GB' }) }
}

const headerComment = ({ made }: ReturnType<typeof imported>) =>
  made.ok
    ? made.annotated.headerComment.filter((line) => /Not read|--root/.test(line))
    : placesOf(made)

const mysqlOwn = { '/etc/my.cnf.d/own.cnf': '[mysqld]\ninnodb_buffer_pool_size=2G\n' }

describe('a file with an absolute include', () => {
  it('has it looked for below the folder that holds the copy', () => {
    const { made } = imported('mysql', '/t/7/etc/my.cnf', {
      ...mysqlOwn,
      '/t/7/etc/my.cnf': '[mysqld]\nmax_connections=400\n!includedir /etc/my.cnf.d\n',
      '/t/7/etc/my.cnf.d/server.cnf': '[mysqld]\ninnodb_buffer_pool_size=24G\nlarge_pages=ON\n',
    })
    if (!made.ok) throw new Error(placesOf(made).join('\n'))
    const { regions, groups } = made.annotated.complete()
    expect(regions?.['buffer-pool']).toMatchObject({ size: '24 GiB', pageSize: '2 MiB' })
    expect(groups['mysqld']?.threads).toBe(400)
  })

  it('has it nowhere where the path of the file says nothing, and says how to go on', () => {
    const main = '[mysqld]\nmax_connections=400\n!includedir /etc/my.cnf.d\n!include /etc/pw.cnf\n'
    const answer = imported('mysql', '/t/my.cnf', { ...mysqlOwn, '/t/my.cnf': main })
    expect(headerComment(answer)).toEqual([
      'Not read, because they are on the server: /etc/my.cnf.d (/t/my.cnf:3), /etc/pw.cnf (/t/my.cnf:4).',
      '--root DIR names the folder that holds a copy of its files; --root / is this machine.',
    ])
    expect(answer.made.ok && answer.made.annotated.complete().regions?.['buffer-pool']?.size).toBe(
      '128 MiB',
    )
  })

  it('has it on this machine where the user says so, or where it lies as servers have it', () => {
    const text = '[mysqld]\n!includedir /etc/my.cnf.d\n'
    const asked = imported('mysql', '/t/my.cnf', { ...mysqlOwn, '/t/my.cnf': text }, { root: '/' })
    const own = imported('mysql', '/etc/my.cnf', { ...mysqlOwn, '/etc/my.cnf': text })
    for (const { made } of [asked, own]) {
      expect(made.ok && made.annotated.complete().regions?.['buffer-pool']?.size).toBe('2 GiB')
    }
  })

  it('has it below the folder that the user names, or else not at all', () => {
    const text = "include '/etc/pg/a.conf'\ninclude_if_exists '/etc/pg/b.conf'\n"
    const answer = imported(
      'postgresql',
      '/t/postgresql.conf',
      { '/t/postgresql.conf': text, '/copy/etc/pg/a.conf': 'shared_buffers = 1GB\n' },
      { root: '/copy/' },
    )
    expect(headerComment(answer)).toEqual([
      'Not read, because they are missing from /copy: /etc/pg/b.conf (/t/postgresql.conf:2).',
    ])
  })

  it('is refused by name where this machine is asked for what it does not have', () => {
    const answer = imported(
      'oracle',
      '/t/init.ora',
      { '/t/init.ora': 'sga_target=8G\nifile=/u01/more.ora\n' },
      { root: '/' },
    )
    expect(placesOf(answer.made)).toEqual([
      '/t/init.ora:2:7: cannot read /u01/more.ora: no such file or directory',
    ])
  })

  it('has no part of Oracle either', () => {
    const answer = imported('oracle', '/t/init.ora', {
      '/t/init.ora': 'sga_target=8G\nifile=/u01/more.ora\n',
      '/u01/more.ora': 'sga_target=16G\n',
    })
    expect(answer.made.ok && answer.made.annotated.complete().regions?.['sga']?.size).toBe('8 GiB')
    expect(headerComment(answer)[0]).toContain('/u01/more.ora (/t/init.ora:2)')
  })

  it('says so where nothing is left to plan', () => {
    const answer = imported('mysql', '/t/my.cnf', { '/t/my.cnf': '!includedir /etc/my.cnf.d\n' })
    expect(placesOf(answer.made)).toEqual([
      "/t/my.cnf:1:1: the file has no group that the server reads (/etc/my.cnf.d was not read: --root DIR names the folder that holds a copy of the server's files)",
    ])
  })
})

describe('a data directory of another machine', () => {
  it('is not read on this one', () => {
    const own = { '/var/lib/pg/postgresql.auto.conf': 'shared_buffers = 2GB\n' }
    const text = "shared_buffers = 1GB\ndata_directory = '/var/lib/pg'\n"
    const answer = imported('postgresql', '/t/postgresql.conf', {
      ...own,
      '/t/postgresql.conf': text,
      '/var/lib/pg/PG_VERSION': '15\n',
    })
    expect(headerComment(answer)).toEqual([
      'Not read, because they are on the server: /var/lib/pg/postgresql.auto.conf (/t/postgresql.conf:2).',
      '--root DIR names the folder that holds a copy of its files; --root / is this machine.',
    ])
    expect(answer.made.ok && answer.made.annotated.headerComment.join('\n')).not.toContain(
      'PostgreSQL 15',
    )
  })
})

describe('a relative include', () => {
  const shadow = { '/etc/shadow': 'root:$6$secret:1\n' }

  it('stays within the folder of the file', () => {
    const text = '[mysqld]\n!include ../../etc/shadow\n'
    const answer = imported('mysql', '/t/u/my.cnf', { ...shadow, '/t/u/my.cnf': text })
    expect(placesOf(answer.made)).toEqual([
      '/t/u/my.cnf:2:10: cannot read /t/u/../../etc/shadow: it leads out of the folder of /t/u/my.cnf; allow a higher folder with --root DIR',
    ])
  })

  it('may leave the folder, and not the copy', () => {
    const text = "include '../common.conf'\ninclude '../../../../etc/shadow'\n"
    const answer = imported('postgresql', '/t/etc/postgresql/16/postgresql.conf', {
      ...shadow,
      '/t/etc/postgresql/common.conf': 'shared_buffers = 1GB\n',
      '/t/etc/postgresql/16/postgresql.conf': text,
    })
    expect(placesOf(answer.made)).toEqual([
      '/t/etc/postgresql/16/postgresql.conf:2:9: cannot read /t/etc/postgresql/16/../../../../etc/shadow: it leads out of /t; allow a higher folder with --root DIR',
    ])
  })

  it('does not follow links out of the copy, be they files or folders', () => {
    const answer = imported(
      'postgresql',
      '/t/etc/postgresql/postgresql.conf',
      {
        ...shadow,
        '/t/etc/postgresql/postgresql.conf': "include 'a.conf'\ninclude_dir 'conf.d'\n",
      },
      {
        links: {
          '/t/etc/postgresql/a.conf': '/etc/shadow',
          '/t/etc/postgresql/conf.d': '/etc',
        },
      },
    )
    expect(placesOf(answer.made)).toHaveLength(2)
    expect(JSON.stringify(placesOf(answer.made))).not.toContain('secret')
  })

  it('has no place beside standard input', () => {
    const answer = imported('mysql', '-', {
      '-': '[mysqld]\n!include a.cnf\n',
      'a.cnf': '[mysqld]\n',
    })
    expect(headerComment(answer)[0]).toContain('server: a.cnf (-:2)')
  })
})

describe('a configuration that is a link', () => {
  it('is known to leave the copy that it lies in', () => {
    const links = { '/t/etc/mysql/my.cnf': '/etc/mysql/mariadb.cnf' }
    const files = { '/etc/mysql/mariadb.cnf': '[mysqld]\n' }
    const answer = imported('mysql', '/t/etc/mysql/my.cnf', files, { links })
    expect(answer.library.leftBy).toBe('/t')
  })
})

describe('an included file that is no configuration', () => {
  it('is named, and nothing of it is shown', () => {
    const answer = imported(
      'postgresql',
      '/t/postgresql.conf',
      {
        '/t/postgresql.conf': "include '/etc/shadow'\ninclude '/etc/words'\n",
        '/etc/shadow': 'root:$6$secret:1\nbin:$6$secret:1\n',
        '/etc/words': 'hunter secret\n',
      },
      { root: '/' },
    )
    expect(placesOf(answer.made)).toEqual([
      '/etc/shadow:1:1: this line of an included file is not a setting',
      '/etc/words:1:1: PostgreSQL has no parameter `(not shown)`',
    ])
  })
})
