import { describe, expect, it } from 'vitest'
import { roleOf } from '../../../src/capture/estimate/process-role.ts'

const nameOf = (title: string): string | undefined => roleOf({ title }).name

describe('the role of a process of PostgreSQL', () => {
  it.each([
    'postgres: app shop [local] idle',
    'postgres: app shop 10.0.0.7(52114) SELECT',
    'postgres: app shop ::1(52114) idle in transaction',
    'postgres: archiver shop 10.0.0.7(52114) COMMIT',
    'postgres: app shop db.example.org(5000) UPDATE waiting',
    'postgres: joe runbug 127.0.0.1 idle',
    'postgres: app shop idle in transaction (aborted)',
    'postgres: [unknown] [unknown] 10.0.0.7(52114) authentication',
    'postgres: 15/main: app shop [local] idle',
  ])('of %j is that of a backend', (title) => {
    expect(nameOf(title)).toBe('backends')
  })

  it.each([
    ['postgres: checkpointer ', 'checkpointer'],
    ['postgres: checkpointer process   ', 'checkpointer'],
    ['postgres: writer process   ', 'writer'],
    ['postgres: autovacuum worker shop', 'autovacuum worker'],
    ['postgres: autovacuum launcher', 'autovacuum launcher'],
    ['postgres: archiver last was 00000001000000000000002A', 'archiver'],
    ['postgres: startup recovering 000000010000000000000003', 'startup'],
    ['postgres: walreceiver streaming 0/3000148', 'walreceiver'],
    ['postgres: walsender replicator 10.0.0.8(40000) streaming 0/3000148', 'walsender'],
    ['postgres: wal sender process replicator 10.0.0.8(40000) streaming 0/3', 'walsender'],
    ['postgres: logical replication launcher', 'logical replication launcher'],
    ['postgres: bgworker: logical replication launcher', 'logical replication launcher'],
    [
      'postgres: logical replication apply worker for subscription 16394',
      'logical replication apply worker',
    ],
    ['postgres: parallel worker for PID 4711 ', 'parallel worker'],
    ['postgres: io worker 2', 'io worker'],
    ['postgres: 15/main: background writer', 'background writer'],
    ['postgres: Citus Maintenance Daemon: 16384/10', 'Citus Maintenance Daemon'],
    [
      'postgres: TimescaleDB Background Worker Scheduler',
      'TimescaleDB Background Worker Scheduler',
    ],
  ])('of %j is %j', (title, role) => {
    expect(nameOf(title)).toBe(role)
  })

  it('comes with the name of its cluster', () => {
    expect(roleOf({ title: 'postgres: 15/main: app shop [local] idle' })).toEqual({
      program: 'postgres',
      instance: '15/main',
      name: 'backends',
    })
    expect(roleOf({ title: 'postgres: bgworker: parallel worker for PID 3' })).toEqual({
      program: 'postgres',
      name: 'parallel worker',
    })
  })
})

describe('the role of a process of Oracle', () => {
  it.each([
    ['oracleORCL (LOCAL=NO)', 'ORCL', 'sessions'],
    ['oracleORCL (DESCRIPTION=(LOCAL=YES)(ADDRESS=(PROTOCOL=beq)))', 'ORCL', 'sessions'],
    ['ora_pmon_ORCL', 'ORCL', 'background processes'],
    ['ora_dbw0_ORCL', 'ORCL', 'background processes'],
    ['ora_p00a_ORCL', 'ORCL', 'parallel servers'],
    ['ora_s001_ORCL', 'ORCL', 'shared servers'],
    ['asm_pmon_+ASM', '+ASM', 'background processes'],
  ])('of %j is of instance %s: %s', (title, instance, name) => {
    expect(roleOf({ title })).toEqual({ program: 'oracle', instance, name })
  })
})

describe('the role of another process', () => {
  it.each([
    ['nginx: master process /usr/sbin/nginx', 'master process'],
    ['nginx: worker process', 'worker process'],
    ['php-fpm: pool www', 'pool www'],
    ['gunicorn: worker [shop.wsgi]', 'worker'],
  ])('of %j is %j', (title, name) => {
    expect(roleOf({ title })).toEqual({ name })
  })

  it.each(['/usr/sbin/apache2 -k start', 'sshd: root@pts/0', 'redis-server *:6379', ''])(
    'of %j is not told',
    (title) => {
      expect(roleOf({ title })).toEqual({})
    },
  )
})
