import { expect, it } from 'vitest'
import { main } from '../../../src/cli/main.ts'
import { fakeWorld } from '../fake-world.ts'

it('publishes the schema of scenarios', async () => {
  const { world, stdout } = fakeWorld()
  expect(await main(['schema'], world)).toBe(0)
  expect(JSON.parse(stdout())).toMatchObject({ type: 'object', required: expect.any(Array) })
})
