import { describe, expect, it } from 'vitest'
import type { Worker, Workers } from '../../../src/cli/machine/world.ts'
import type { Crew } from '../../../src/cli/scenarios/answers.ts'
import { crewOf } from '../../../src/cli/scenarios/crew.ts'
import type { Document } from '../../../src/cli/scenarios/document.ts'

const document = (number: number): Document => ({ path: 'a.ndjson', text: String(number) })
const here = async ({ text }: Document) => [`${text} here`]

/** Threads that answer in a later turn, and what they were sent. */
function threads(send?: (work: readonly Document[], thread: number) => Promise<unknown>) {
  const batches: number[] = []
  let [started, closed] = [0, 0]
  const workers: Workers = {
    processors: 4,
    start: (task) => {
      started += 1
      const thread = started
      const worker: Worker = {
        send: async (work) => {
          const documents = work as readonly Document[]
          batches.push(documents.length)
          await new Promise((settle) => setTimeout(settle, thread))
          return send?.(documents, thread) ?? documents.map(({ text }) => [`${text} ${task}`])
        },
        close: () => {
          closed += 1
        },
      }
      return worker
    },
  }
  return { workers, batches, counts: () => [started, closed] }
}

async function answers(crew: Crew<string>, count: number) {
  const numbers = Array.from({ length: count }, (_, number) => number)
  const found = await Promise.all(numbers.map((number) => crew.answer(document(number))))
  crew.close()
  return found.flat()
}

describe('a crew', () => {
  it('starts no thread for few scenarios', async () => {
    const { workers, counts } = threads()
    const found = await answers(crewOf(here, { task: 'there' }, workers), 64)
    expect(new Set(found.map((one) => String(one).split(' ')[1]))).toEqual(new Set(['here']))
    expect(counts()).toEqual([0, 0])
  })

  it('has a thread for each processor beyond that, and ends them', async () => {
    const { workers, counts } = threads()
    const found = await answers(crewOf(here, { task: 'there' }, workers), 100)
    expect([found[63], found[64], found[99]]).toEqual(['63 here', '64 there', '99 there'])
    expect(counts()).toEqual([4, 4])
  })

  it('has as many threads as are asked for, from the second scenario on', async () => {
    const { workers, counts } = threads()
    const found = await answers(crewOf(here, { jobs: 2, task: 'there' }, workers), 3)
    expect(found).toEqual(['0 here', '1 there', '2 there'])
    expect(counts()).toEqual([2, 2])
  })

  it('has no more threads than scenarios wait for, however many are asked for', async () => {
    const { workers, counts } = threads()
    const found = await answers(crewOf(here, { jobs: 1000, task: 'there' }, workers), 4)
    expect(found).toEqual(['0 here', '1 there', '2 there', '3 there'])
    expect(counts()).toEqual([3, 3])
  })

  it('is one where one is asked for, or where there are no threads', async () => {
    const { workers, counts } = threads()
    for (const crew of [
      crewOf(here, { jobs: 1, task: '' }, workers),
      crewOf(here, { jobs: 8, task: '' }, undefined),
    ]) {
      expect(await answers(crew, 70)).toHaveLength(70)
      expect(crew.most(70)).toBe(1)
    }
    expect(counts()).toEqual([0, 0])
  })

  it('hands out batches of 16 at most', async () => {
    const { workers, batches } = threads()
    const crew = crewOf(here, { jobs: 2, task: '' }, workers)
    await answers(crew, 500)
    expect(Math.max(...batches)).toBe(16)
    expect(batches.reduce((sum, size) => sum + size, 0)).toBe(499)
    expect(crew.most(500)).toBe(64)
  })

  it('answers here where no thread can be started', async () => {
    const workers: Workers = {
      processors: 4,
      start: () => {
        throw Object.assign(new Error('no memory'), { code: 'ERR_WORKER_INIT_FAILED' })
      },
    }
    const found = await answers(crewOf(here, { jobs: 2, task: '' }, workers), 5)
    expect(found).toEqual(['0 here', '1 here', '2 here', '3 here', '4 here'])
  })
})

describe('a thread that ends', () => {
  it('leaves what it was at without a result, and the others do the rest', async () => {
    const { workers } = threads(async (work, thread) => {
      if (thread === 1) throw new Error('out of memory')
      return work.map(({ text }) => [`${text} there`])
    })
    const crew = crewOf(here, { jobs: 2, task: '' }, workers)
    const found = await Promise.all(Array.from({ length: 90 }, (_, n) => crew.answer(document(n))))
    const lost = found.filter((one) => 'status' in one)
    expect(lost.length).toBeGreaterThan(0)
    expect(lost[0]).toMatchObject({ status: 70, text: expect.stringContaining('out of memory') })
    const known = found.flatMap((one) => ('status' in one ? [] : one))
    expect(known.length + lost.length).toBe(90)
    expect(known.filter((one) => one.endsWith(' there')).length).toBe(known.length - 1)
  })

  it('is replaced by this one where none is left', async () => {
    const { workers } = threads(async () => {
      throw new Error('out of memory')
    })
    const crew = crewOf(here, { jobs: 2, task: '' }, workers)
    const found = await Promise.all(Array.from({ length: 90 }, (_, n) => crew.answer(document(n))))
    const known = found.flatMap((one) => ('status' in one ? [] : one))
    expect(known).toContain('89 here')
  })

  it('that answers less than it was asked is a fault too', async () => {
    const { workers } = threads(async () => [])
    const crew = crewOf(here, { jobs: 2, task: '' }, workers)
    await crew.answer(document(0))
    expect(await crew.answer(document(1))).toMatchObject({ status: 70 })
  })
})
