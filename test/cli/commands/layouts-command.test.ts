import { expect, it } from 'vitest'
import { main } from '../../../src/cli/main.ts'
import { fakeWorld } from '../fake-world.ts'

it('publishes the layouts as JSON, with addresses as text', async () => {
  const { world, stdout } = fakeWorld()
  expect(await main(['layouts', '--format', 'json'], world)).toBe(0)
  const { schema, layouts } = JSON.parse(stdout())
  expect(schema).toBe('mshare-plan/layouts/1')
  expect(layouts[0]).toMatchObject({ id: 'x86-64', autoBase: '0x400000000000' })
})
