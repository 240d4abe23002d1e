import { describe, expect, it } from 'vitest'
import {
  constraintIn,
  isGroupKill,
  isPanic,
  killIn,
} from '../../../../src/importers/oom-report/log/kill-lines.ts'

describe('a killed process', () => {
  it('has its parts, as Linux 5.1 and later print them', () => {
    const line =
      'Out of memory: Killed process 41006 (oracle_41006_or) total-vm:315248640kB, anon-rss:6144kB, file-rss:36000kB, shmem-rss:314572800kB, UID:54321 pgtables:615800kB oom_score_adj:-17'
    expect(killIn(line)).toEqual({
      killed: {
        pid: 41006,
        name: 'oracle_41006_or',
        because: 'points',
        anon: 6144,
        file: 36000,
        shmem: 314572800,
        tables: 615800,
        uid: 54321,
        adj: -17,
      },
      isCgroup: false,
    })
  })

  it('is announced first, by older releases, and then killed', () => {
    expect(
      killIn(
        'Memory cgroup out of memory: Kill process 5021 (dd) [State: 0 Flags: 4202752] score 977 or sacrifice child',
      ),
    ).toEqual({ announced: { pid: 5021, because: 'points' }, isCgroup: true })
    expect(
      killIn(
        'Killed process 20117 (postgres), UID 26, total-vm:25960000kB, anon-rss:4400kB, file-rss:6000kB, shmem-rss:24360000kB',
      ),
    ).toMatchObject({ killed: { pid: 20117, name: 'postgres', anon: 4400, shmem: 24360000 } })
  })

  it('may have been taken because it allocated, or shares memory', () => {
    expect(
      killIn(
        'Out of memory (oom_kill_allocating_task): Killed process 7 (a) total-vm:1kB, anon-rss:1kB, file-rss:0kB, shmem-rss:0kB',
      )?.killed?.because,
    ).toBe('allocating-task')
    expect(killIn('Kill process 8 (b) sharing same memory')?.killed).toEqual({
      pid: 8,
      name: 'b',
      because: 'same-memory',
    })
  })

  it.each(['(sd-pam)', 'a) total', 'x (1) y'])('may be called %s', (name) => {
    expect(
      killIn(`Out of memory: Killed process 9 (${name}) total-vm:1kB, anon-rss:2kB, file-rss:0kB`)
        ?.killed,
    ).toMatchObject({ name, anon: 2 })
  })

  it('is not one in other words', () => {
    expect(
      killIn(
        'oom_reaper: reaped process 41006 (oracle), now anon-rss:0kB, file-rss:0kB, shmem-rss:0kB',
      ),
    ).toBeUndefined()
    expect(killIn('Out of memory: Killed process 99999999 (a) total-vm:1kB')).toBeUndefined()
  })
})

it('the constraint names nodes and the cgroup, whatever is in its path', () => {
  expect(
    constraintIn(
      'oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0-1,3,oom_memcg=/a,b/c d,task_memcg=/a,b/c d/e,task=x,pid=1,uid=0',
    ),
  ).toEqual({ constraint: 'cgroup', nodes: '0-1,3', cgroup: '/a,b/c d' })
  expect(
    constraintIn(
      'oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/,task=x,pid=1,uid=0',
    ),
  ).toEqual({ constraint: 'machine', nodes: '0' })
  expect(constraintIn('oom-kill:constraint=CONSTRAINT___proto__,nodemask=(null)')).toBeUndefined()
})

it('a kill of a whole cgroup and a panic are told apart', () => {
  expect(isGroupKill('Tasks in /pod are going to be killed due to memory.oom.group set')).toBe(true)
  expect(
    isPanic('Kernel panic - not syncing: Out of memory: compulsory panic_on_oom is enabled'),
  ).toBe(true)
  expect(isPanic('Out of memory and no killable processes...')).toBe(true)
  expect(isPanic('Kernel panic - not syncing: Attempted to kill init!')).toBe(false)
})

it('before Linux 3.3 the user stands before the name', () => {
  const line =
    'Killed process 2345, UID 26, (postgres) total-vm:1067600kB, anon-rss:70000kB, file-rss:10000kB'
  expect(killIn(line)?.killed).toEqual({
    pid: 2345,
    name: 'postgres',
    uid: 26,
    anon: 70000,
    file: 10000,
  })
})
