import { describe, expect, it } from 'vitest'
import { readStatus } from '../../../src/capture/files/process-status.ts'
import { identityOf } from '../../../src/capture/machine/raw-process.ts'

function programOf(comm: string, cmdline: string, exe?: string): string {
  const text = `Name:\t${comm}\nState:\tS (sleeping)\nPPid:\t1\nUid:\t0\t0\t0\t0\nGid:\t0\t0\t0\t0\nVmSize:\t4 kB\n`
  const reading = readStatus(text)
  if (reading.kind !== 'process') throw new Error(reading.kind)
  const texts = { cmdline: cmdline.replaceAll(' ', '\0'), ...(exe === undefined ? {} : { exe }) }
  return identityOf(1, reading.status, texts).program
}

describe('the name of a program', () => {
  it.each([
    ['postgres', 'postgres: checkpointer ', '/usr/lib/postgresql/15/bin/postgres', 'postgres'],
    [
      'a-program-with-a',
      'a-program-with-a-long-name',
      '/opt/a-program-with-a-long-name',
      'a-program-with-a-long-name',
    ],
    ['server', 'server', '/opt/server (deleted)', 'server'],
    // The file has several names: busybox, alternatives, Debian's redis-server.
    ['httpd', 'httpd -f -p 80', '/bin/busybox', 'httpd'],
    ['sh', '/bin/sh -c date', '/usr/bin/dash', 'sh'],
    ['bash', '-bash', '/usr/bin/bash', 'bash'],
    [
      'redis-server',
      '/usr/bin/redis-server 127.0.0.1:6379',
      '/usr/bin/redis-check-rdb',
      'redis-server',
    ],
    ['mysqld', '/usr/sbin/mysqld', '/usr/sbin/mariadbd', 'mysqld'],
    // A script, which the kernel starts an interpreter for.
    ['gunicorn', '/usr/bin/python3 /usr/bin/gunicorn -w 4', '/usr/bin/python3.11', 'gunicorn'],
    ['gunicorn', '/usr/bin/python3 -I /usr/bin/gunicorn', '/usr/bin/python3.11', 'gunicorn'],
    ['python3', 'python3 /srv/app.py', '/usr/bin/python3.11', 'python3.11'],
    // A thread that has renamed itself is no program.
    ['MainThread', 'node /srv/app.js', '/usr/bin/node', 'node'],
    ['Web Content', '/usr/lib/firefox/firefox -contentproc', '/usr/lib/firefox/firefox', 'firefox'],
  ])(
    'whose comm is %j and whose command line is %j, of file %s, is %s',
    (comm, cmdline, exe, name) => {
      expect(programOf(comm, cmdline, exe)).toBe(name)
    },
  )

  it.each([
    ['a-program-with-', '/opt/a-program-with-a-long-name -x', 'a-program-with-a-long-name'],
    ['gunicorn', '/usr/bin/python3 /usr/bin/gunicorn', 'gunicorn'],
    ['ora_pmon_orcl', 'something', 'ora_pmon_orcl'],
  ])('without a file, of comm %j and command line %j, is %s', (comm, cmdline, name) => {
    expect(programOf(comm, cmdline)).toBe(name)
  })
})
