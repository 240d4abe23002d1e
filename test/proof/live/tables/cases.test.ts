import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Unasked } from '../unasked.ts'
import { checkCases } from './cases.ts'

const numbers = fc.integer({ min: 10, max: 1000 })

test('a kernel that cannot be asked ends it all, with its own message', async () => {
  let asked = 0
  const failing = checkCases(
    numbers,
    async () => {
      asked += 1
      throw new Unasked('the kernel could not be asked: no memory')
    },
    50,
  )
  await expect(failing).rejects.toThrow(/^the kernel could not be asked: no memory$/)
  expect(asked).toBe(1)
})

test('a disagreement is made smaller', async () => {
  const failing = checkCases(numbers, async (one) => expect(one).toBeLessThan(10), 50)
  await expect(failing).rejects.toThrow('Counterexample: [10]')
})

test('a disagreement is kept where it cannot be made smaller', async () => {
  let asked = 0
  const failing = checkCases(
    numbers,
    async (one) => {
      // The least number of all has none that is smaller.
      if (asked === 0 && one === 10) return
      asked += 1
      throw asked === 1 ? new Error('8 KB, not 4') : new Unasked('a process ended')
    },
    50,
  )
  await expect(failing).rejects.toThrow(/^8 KB, not 4\n\n.*: a process ended$/)
})

test('no case starts when the time is up', async () => {
  const slow = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20))
  await expect(checkCases(numbers, slow, 50, 30)).rejects.toThrow(
    /^0.03 s were over after [12] of 50 cases$/,
  )
})
