import { expect, it } from 'vitest'
import { shells } from '../../../src/cli/arguments/shells.ts'
import { scripts } from '../../../src/cli/completion/scripts.ts'
import { main } from '../../../src/cli/main.ts'
import { fakeWorld } from '../fake-world.ts'

async function answer(...argv: readonly string[]) {
  const { world, stdout, stderr } = fakeWorld()
  const status = await main(['completion', ...argv], world)
  return { status, stdout: stdout(), stderr: stderr() }
}

it.each(shells)('prints the script for %s', async (shell) => {
  expect(await answer(shell)).toEqual({ status: 0, stdout: scripts[shell], stderr: '' })
})

it.each([
  [[], 'completion needs a shell; write bash, zsh or fish'],
  [['csh'], 'no shell is called csh; write bash, zsh or fish'],
  [['bash', 'zsh'], 'completion takes one shell; remove zsh'],
  [['bash', '--quiet'], '--quiet does not apply to completion'],
])('refuses anything else: %j', async (argv, message) => {
  const { status, stderr } = await answer(...argv)
  expect(status).toBe(2)
  expect(stderr).toContain(`mshare-plan: ${message}`)
})

it('says so where the script cannot be written', async () => {
  const { world, stderr } = fakeWorld({ brokenStdout: 'ENOSPC' })
  expect(await main(['completion', 'bash'], world)).toBe(3)
  expect(stderr()).toContain('cannot write standard output')
})
