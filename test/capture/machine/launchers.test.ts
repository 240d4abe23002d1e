import { describe, expect, it } from 'vitest'
import { isLauncher, runsMsharePlan } from '../../../src/capture/machine/launchers.ts'
import type { Identity, Selection } from '../../../src/capture/machine/selection.ts'
import { isSelected } from '../../../src/capture/machine/selection.ts'

const process = (program: string, title: string, more: Partial<Identity> = {}): Identity =>
  ({ pid: 7, program, title, status: { comm: program.slice(0, 15), uid: 0 }, ...more }) as Identity

const named = (name: string): Selection => ({ pids: [], names: [name], users: [], cgroups: [] })
const isChosen = (one: Identity, name = 'postgres'): boolean =>
  isSelected(one, named(name), new Map())

describe('a name', () => {
  it.each([
    ['sudo', 'sudo mshare-plan capture --name postgres'],
    ['timeout', 'timeout 60 mshare-plan capture --name postgres'],
    ['sh', 'sh -c mshare-plan capture --name postgres > /tmp/server.yaml'],
    ['bash', 'bash -lc "exec postgres -D /srv/data"'],
    ['npm exec mshare-plan', 'npm exec mshare-plan capture --name postgres'],
    ['node', 'node /usr/bin/mshare-plan capture --name postgres'],
    ['node', 'node /srv/node_modules/mshare-plan/bin/mshare-plan.js capture --name postgres'],
    ['strace', 'strace -f -o log postgres -D /srv/data'],
    ['ionice', 'ionice -c3 postgres -D /srv/data'],
    ['su', 'su - postgres -c postgres -D /srv/data'],
    ['tini', 'tini -- postgres'],
    ['grep', 'grep --color=auto postgres'],
  ])('of another program does not choose %s: %j', (program, title) => {
    expect(isChosen(process(program, title))).toBe(false)
  })

  it.each([
    ['postgres', '/usr/lib/postgresql/15/bin/postgres -D /srv/data'],
    ['postgres', 'postgres: checkpointer'],
    ['java', 'java -jar postgres-exporter.jar'],
    ['bash', 'bash /usr/bin/postgres-wrapper'],
  ])('chooses %s: %j', (program, title) => {
    expect(isChosen(process(program, title))).toBe(true)
  })

  it('chooses what runs other commands by its own', () => {
    expect(isChosen(process('sudo', 'sudo postgres'), 'sudo')).toBe(true)
    expect(isChosen(process('node', 'node mshare-plan.js'), 'node')).toBe(false)
  })

  it('chooses a caller by its program, not by its command line', () => {
    const caller = process('screen', 'screen -S postgres', { isCaller: true })
    expect(isChosen(caller)).toBe(false)
    expect(isChosen(caller, 'screen')).toBe(true)
  })

  it('chooses by the name of the file where a process was started as another', () => {
    expect(isChosen(process('mysqld', '/usr/sbin/mysqld', { file: 'mariadbd' }), 'mariadb')).toBe(
      true,
    )
  })
})

describe('a command line', () => {
  it('runs mshare-plan where that is a word of it', () => {
    const runs = (title: string): boolean => runsMsharePlan(process('node', title))
    expect(runs('npx mshare-plan@1.2.0 capture')).toBe(true)
    expect(runs("sh -c 'mshare-plan' capture")).toBe(true)
    expect(runs('node /opt/mshare-plan/server.js')).toBe(false)
    expect(runs('vim mshare-plan.yaml')).toBe(false)
  })

  it('is that of another command behind the -c of a shell, not behind a script', () => {
    expect(isLauncher(process('bash', 'bash -c postgres'))).toBe(true)
    expect(isLauncher(process('bash', 'bash start-postgres -c postgres.conf'))).toBe(true)
    expect(isLauncher(process('bash', 'bash start-postgres'))).toBe(false)
  })
})
