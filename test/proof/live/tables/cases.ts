import fc from 'fast-check'
import { casesLimit } from '../limits.ts'
import { seeded } from '../runs.ts'
import { Unasked } from '../unasked.ts'

/**
 * Checks so many drawn cases. One that disagrees is made smaller; but where the kernel cannot be
 * asked, or the time is up, all ends at once, with what has been found by then.
 */
export function checkCases<T>(
  drawn: fc.Arbitrary<T>,
  check: (one: T) => Promise<void>,
  numRuns: number,
  limit: number = casesLimit,
): Promise<void> {
  const end = performance.now() + limit
  let checked = 0
  let found: Error | undefined
  const checkInTime = async (one: T): Promise<void> => {
    if (performance.now() > end) {
      throw new Unasked(`${limit / 1000} s were over after ${checked} of ${numRuns} cases`)
    }
    await check(one)
    checked += 1
  }
  return new Promise((resolve, reject) => {
    const property = fc.asyncProperty(drawn, async (one) => {
      try {
        await checkInTime(one)
      } catch (error) {
        if (error instanceof Unasked) {
          reject(found === undefined ? error : notSmaller(found, error))
          // Never settles: no other case is drawn, and none is made smaller.
          await new Promise<never>(() => undefined)
        }
        found = error as Error
        throw error
      }
    })
    fc.assert(property, { numRuns, ...seeded }).then(resolve, reject)
  })
}

function notSmaller(found: Error, { message }: Unasked): Error {
  return new Error(`${found.message}\n\nno smaller case was found, for then: ${message}`)
}
