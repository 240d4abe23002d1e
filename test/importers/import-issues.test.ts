import { describe, expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { nodeWorld } from '../../src/cli/node-world.ts'
import type { FakeMachine } from '../cli/fake-world.ts'
import { fakeWorld } from '../cli/fake-world.ts'

async function complaintsOf(machine: FakeMachine, ...args: readonly string[]) {
  const fake = fakeWorld(machine)
  const status = await main(['import', ...args, '--memory', '64GB'], fake.world)
  return { status, stderr: fake.stderr() }
}

describe('what a plan would refuse of an imported scenario', () => {
  it('is shown at the line of the configuration that decides it', async () => {
    const files = {
      'my.cnf': '[mysqld]\nmax_connections=10\ninnodb_buffer_pool_size = 1P\n',
      'init.ora': 'sga_target=40G\nprocesses=900000000\n',
      'postgresql.conf': 'huge_pages = on\nhuge_page_size = 3000kB\n',
    }
    expect(await complaintsOf({ files }, 'my.cnf')).toEqual({
      status: 2,
      stderr:
        'my.cnf:3:27: no room for 1 PiB above the middle of the address space\n  3 | innodb_buffer_pool_size = 1P\n    |                           ^\n',
    })
    const oracle = await complaintsOf({ files }, 'init.ora')
    expect(oracle.stderr).toMatch(/^init[.]ora:2:11: 899999940 processes exceed the limit/)
    const postgresql = await complaintsOf({ files }, 'postgresql.conf')
    expect(postgresql.stderr).toMatch(/^postgresql[.]conf:2:18: x86-64 has no huge pages of 3000/)
    expect(postgresql.stderr).not.toContain('scenario')
  })

  it('is shown at the option of the command line that decides it', async () => {
    const files = { 'postgresql.conf': 'max_connections = 20\n' }
    const { stderr } = await complaintsOf({ files }, 'postgresql.conf', '--connections', '9999999')
    expect(stderr).toMatch(/^--connections:1:1: 9999999 processes exceed the limit of Linux\n/)
  })
})

describe('a file that cannot be read', () => {
  it('is called no configuration where it is larger than any', async () => {
    const files = { 'big.conf': '#'.repeat(4 * 1024 * 1024 + 1) }
    expect(await complaintsOf({ files }, 'big.conf', '--kind', 'postgresql')).toEqual({
      status: 2,
      stderr:
        'mshare-plan: cannot read big.conf: larger than 4 MiB, too large for a configuration\n',
    })
  })

  it('says that it is not a folder where one is expected', () => {
    const { listNames } = nodeWorld()
    expect(listNames(import.meta.filename)).toMatchObject({ ok: false, reason: 'not-a-folder' })
    expect(listNames(`${import.meta.filename}/x`)).toMatchObject({ ok: false, reason: 'missing' })
    expect(listNames(import.meta.dirname).ok).toBe(true)
  })

  it('has no line to show', async () => {
    const files = { 'db/postgresql.conf': '', 'db/postgresql.auto.conf': '#'.repeat(5_000_000) }
    const { stderr } = await complaintsOf({ files }, 'db/postgresql.conf')
    expect(stderr).toBe(
      'db/postgresql.conf:1:1: cannot read db/postgresql.auto.conf: larger than 4 MiB,\ntoo large for a configuration\n  expected: a readable file\n',
    )
  })
})
