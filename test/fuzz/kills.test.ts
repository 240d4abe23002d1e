import { expect, it } from 'vitest'
import { kills } from './kills.mjs'

/** `npm run fuzz -- --target kills --runs 1000` goes through every call and moment. */
it('a file is the old or the new one wherever the run that writes it is killed', async () => {
  const { faults, killed } = await kills(18)
  expect(killed).toBe(18)
  expect(faults).toEqual([])
})
