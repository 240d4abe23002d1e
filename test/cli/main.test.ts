import { expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { fakeWorld } from './fake-world.ts'

it('ends with status 70 and a stack trace where we are at fault', async () => {
  const { world, stderr } = fakeWorld()
  const broken = {
    ...world,
    kindOf: () => {
      throw new TypeError('planted')
    },
  }
  expect(await main(['a.yaml'], broken)).toBe(70)
  expect(stderr()).toMatch(/bug in mshare-plan[\s\S]*TypeError: planted\n\s+at /)
})
