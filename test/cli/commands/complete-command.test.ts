import { expect, it } from 'vitest'
import { main } from '../../../src/cli/main.ts'
import { fakeWorld } from '../fake-world.ts'

async function ask(...argv: readonly string[]) {
  const { world, stdout, stderr } = fakeWorld()
  const status = await main(['__complete', ...argv], world)
  return { status, stdout: stdout(), stderr: stderr() }
}

it('answers a completion script in lines', async () => {
  expect(await ask('fish', '2', 'mshare-plan', '--color', 'n')).toEqual({
    status: 0,
    stdout: 'auto\nalways\nnever\n',
    stderr: '',
  })
})

it('answers no other program', async () => {
  expect(await ask('csh', 'x')).toEqual({ status: 2, stdout: '', stderr: '' })
  expect(await ask()).toEqual({ status: 2, stdout: '', stderr: '' })
})

it.each(['bash', 'zsh', 'fish'])('bears with a line that makes no sense: %s', async (shell) => {
  expect(await ask(shell)).toMatchObject({ status: 0, stderr: '' })
  expect(await ask(shell, 'x', '-1', '', '$(', '"')).toMatchObject({ status: 0, stderr: '' })
  expect(await ask(shell, '99', '99', 'a', 'b')).toMatchObject({ status: 0, stderr: '' })
})

it('is a command that help does not show', async () => {
  const { world, stdout } = fakeWorld()
  await main(['--help'], world)
  expect(stdout()).not.toContain('__complete')
})
