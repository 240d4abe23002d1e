import { describe, expect, it } from 'vitest'
import { serversOf } from '../../../src/capture/estimate/servers.ts'

function candidate(pid: number, parent: number, program: string, title: string) {
  const status = { comm: program, parent, uid: 0, gid: 0, threads: 1, print: '' }
  return { process: { pid, program, title, status }, sharesMemory: true }
}

describe('the server of a process', () => {
  it('is what one process and its children have forked; two are told apart by their directories', () => {
    const served = serversOf([
      candidate(10, 1, 'postgres', '/usr/bin/postgres -D /srv/a'),
      candidate(11, 10, 'postgres', 'postgres: checkpointer'),
      candidate(20, 1, 'postgres', '/usr/bin/postgres -D /srv/b'),
      candidate(21, 20, 'postgres', 'postgres: checkpointer'),
    ])
    expect(served.map(({ label, isChild }) => [label, isChild])).toEqual([
      ['/srv/a', false],
      ['/srv/a', true],
      ['/srv/b', false],
      ['/srv/b', true],
    ])
    expect(new Set(served.map(({ server }) => server)).size).toBe(2)
  })

  it('of Oracle is the instance, whoever is the parent', () => {
    const served = serversOf([
      candidate(10, 1, 'oracle', 'ora_pmon_ORCL'),
      candidate(11, 1, 'oracle', 'oracleORCL (LOCAL=NO)'),
    ])
    expect(served.map(({ server, label }) => [server, label])).toEqual([
      ['oracle ORCL', 'ORCL'],
      ['oracle ORCL', 'ORCL'],
    ])
  })

  it('is its program where its processes share no memory', () => {
    const [one] = serversOf([
      { ...candidate(10, 1, 'nginx', 'nginx: master process'), sharesMemory: false },
    ])
    expect(one?.server).toBe('nginx')
  })
})
