import { expect, it } from 'vitest'
import { main } from '../../../src/cli/main.ts'
import { fakeWorld } from '../fake-world.ts'

it('prints a script with the choice in it', async () => {
  const { world, stdout, stderr } = fakeWorld()
  expect(await main(['collect', '--name', "it's", '--arguments', 'none'], world)).toBe(0)
  expect(stdout()).toMatch(/^#!\/bin\/sh\n/)
  expect(stdout()).toContain("\nset -- --name 'it'\\''s' --arguments 'none' \"$@\"\n")
  expect(stderr()).toBe('')
})

it('writes it into a file that ends in .sh', async () => {
  const { world, stdout, written } = fakeWorld()
  expect(await main(['collect', '-o', 'collect.sh'], world)).toBe(0)
  expect(stdout()).toBe('')
  expect(written.get('collect.sh')).toContain('\nset -- "$@"\n')
})
