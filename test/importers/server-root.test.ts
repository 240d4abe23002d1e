import { describe, expect, it } from 'vitest'
import { isBelow, rootOf } from '../../src/importers/server-root.ts'

describe('the root of the files of a server', () => {
  it('is what stands before the path that the file has on the server', () => {
    const roots = {
      '/tickets/7/etc/my.cnf': '/tickets/7',
      '/home/a/copy/etc/mysql/mariadb.conf.d/50-server.cnf': '/home/a/copy',
      '/srv/etc/old/etc/postgresql/16/main/postgresql.conf': '/srv/etc/old',
      '/var/tmp/x/var/lib/pgsql/16/data/postgresql.conf': '/var/tmp/x',
      '/tmp/x/u01/app/oracle/product/19/dbs/init.ora': '/tmp/x',
      '/tmp/x/usr/local/etc/my.cnf': '/tmp/x',
      '/tmp/x/etc/own.cnf': '/tmp/x',
    }
    for (const [path, root] of Object.entries(roots)) expect(rootOf(path), path).toBe(root)
  })

  it('is that of this machine for a file that lies where servers have it', () => {
    for (const path of [
      '/etc/my.cnf',
      '/etc/mysql/my.cnf',
      '/var/lib/pgsql/data/postgresql.conf',
    ]) {
      expect(rootOf(path), path).toBe('')
    }
  })

  it('is not known for other paths, nor for a folder of copies below /etc', () => {
    for (const path of ['/home/a/my.cnf', '/etc/tickets/7/my.cnf', '/tmp/postgresql.conf']) {
      expect(rootOf(path), path).toBeUndefined()
    }
  })

  it('holds what lies below it, and not what begins alike', () => {
    expect(isBelow('/a/b', '/a')).toBe(true)
    expect(isBelow('/a', '/a')).toBe(true)
    expect(isBelow('/ab', '/a')).toBe(false)
    expect(isBelow('/ab', '/')).toBe(true)
  })
})
