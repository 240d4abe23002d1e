import { describe, expect, it } from 'vitest'
import { choicesOf } from './choices.ts'
import { fuzz } from './fuzz.ts'
import type { Input } from './input.ts'
import { outcomeOf } from './input.ts'
import { minimised } from './minimise.ts'
import { targets } from './targets/targets.ts'

/** Seconds and inputs for all targets together: a slow machine tries fewer, and that is no failure. */
const [mostSeconds, mostInputs] = [20, 6000]
const shares = Object.values(targets).reduce((sum, { share }) => sum + share, 0)

describe.each(Object.entries(targets))('inputs for the door %s', (_, target) => {
  it('end with an answer or a reason, whatever they hold', async () => {
    const [start, part] = [performance.now(), target.share / shares]
    let tried = 0
    const failures: string[] = []
    const found = fuzz(target, 13, 0, (index) => {
      tried = index
      const isLate = performance.now() - start > mostSeconds * part * 1000
      return index < mostInputs * part && !(isLate && index >= 20)
    })
    for await (const { index, broken } of found) failures.push(`${index}: ${broken.join('; ')}`)
    expect(tried).toBeGreaterThanOrEqual(20)
    expect(failures).toEqual([])
  })

  it('are answered, refused as wrong, or both, so that more than one way is tried', async () => {
    const statuses = new Set<number>()
    for (let index = 0; index < 60 && statuses.size < 2; index += 1) {
      statuses.add((await outcomeOf(target.draw(choicesOf(1, index)))).status)
    }
    expect(statuses.size).toBeGreaterThanOrEqual(2)
  })
})

describe('an input that fails', () => {
  const yaml =
    'version: 1\nname: x\nhost: { memory: 8 GiB }\nhots: 1\ngroups: { g: { processes: 1 } }\n'
  const input: Input = {
    argv: ['check', 'a.yaml', '-q'],
    files: { 'a.yaml': yaml, 'b.yaml': yaml },
  }

  it('is made smaller as long as it fails in the same way', async () => {
    const smallest = await minimised(input, async (candidate) => {
      const { stderr } = await outcomeOf(candidate)
      return stderr.includes('unknown key `hots`')
    })
    expect(Object.keys(smallest.files)).toEqual(['a.yaml'])
    expect(smallest.argv).toEqual(['a.yaml'])
    expect(String(smallest.files['a.yaml']).length).toBeLessThan(yaml.length / 3)
  })
})
