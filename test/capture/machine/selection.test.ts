import { describe, expect, it } from 'vitest'
import type { Selection } from '../../../src/capture/machine/selection.ts'
import {
  isSelected,
  Misfits,
  readUserIds,
  unknownUsers,
} from '../../../src/capture/machine/selection.ts'

const none: Selection = { pids: [], names: [], users: [], cgroups: [] }
const users = readUserIds('root:x:0:0::/root:/bin/sh\npostgres:x:26:26::/:/bin/sh\nodd:x:a\n')
const process = {
  pid: 10,
  program: 'postgres',
  title: 'postgres: app db idle',
  cgroup: { path: '/system.slice/pg.service', version: 2 as const },
  status: { comm: 'postgres', parent: 1, uid: 26, gid: 26, threads: 1, print: '' },
}
const fits = (selection: Partial<Selection>) =>
  isSelected(process, { ...none, ...selection }, users)

describe('a selection', () => {
  it.each<[string, Partial<Selection>, boolean]>([
    ['of nothing takes all', {}, true],
    ['by process id', { pids: [11, 10] }, true],
    ['by a part of the title', { names: ['app db'] }, true],
    ['by a pattern for the whole of it', { names: ['postgres: * idle'] }, true],
    ['by a pattern for a part of it', { names: ['app*'] }, false],
    ['by the name of a user', { users: ['postgres'] }, true],
    ['by the number of another user', { users: ['0'] }, false],
    ['by a control group above it', { cgroups: ['system.slice'] }, true],
    ['by a control group of a similar name', { cgroups: ['/system.slice/pg'] }, false],
    ['by two kinds needs both', { users: ['postgres'], names: ['mysqld'] }, false],
  ])('%s', (_, selection, selected) => expect(fits(selection)).toBe(selected))

  it('by name takes neither this program nor what runs another command', () => {
    const npx = { ...process, program: 'npx', title: 'npx mshare-plan capture --name postgres' }
    const sudo = {
      ...process,
      program: 'sudo',
      title: 'sudo psql',
      status: { ...process.status, comm: 'sudo' },
    }
    expect(isSelected(npx, { ...none, names: ['postgres'] }, users)).toBe(false)
    expect(isSelected(sudo, { ...none, names: ['psql'] }, users)).toBe(false)
  })
})

describe('an option that chose nothing', () => {
  it('is named, unless each fits some process', () => {
    const selection = { ...none, names: ['postgres'], users: ['root'] }
    const misfits = new Misfits(selection, users)
    misfits.look(process)
    expect(misfits.sentences()).toEqual(['no process matches --user'])
    misfits.look({
      ...process,
      program: 'sh',
      title: 'sh',
      status: { ...process.status, comm: 'sh', uid: 0 },
    })
    expect(misfits.sentences()).toEqual([
      'processes match each of --name, --user, but none matches all of them',
    ])
  })
})

describe('names of users', () => {
  it('that /etc/passwd does not have are named', () => {
    const [sentence] = unknownUsers({ ...none, users: ['nobody2', '1000', 'root'] }, users)
    expect(sentence).toContain('user nobody2: /etc/passwd has no such user')
  })
})
