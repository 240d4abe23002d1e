import { describe, expect, it } from 'vitest'
import type { Status } from '../../../src/cli/output/status.ts'
import type { Answerer, Crew } from '../../../src/cli/scenarios/answers.ts'
import { answerAll } from '../../../src/cli/scenarios/answers.ts'
import type { FakeMachine } from '../fake-world.ts'
import { fakeWorld } from '../fake-world.ts'

const lines = Array.from({ length: 20 }, (_, number) => `{"n":${number}}\n`).join('')
const numberIn = (text: string): number => Number(/\d+/.exec(text)?.[0])

interface Setting {
  readonly machine?: FakeMachine
  readonly answer?: Answerer<number>
  readonly most?: number
  readonly take?: (part: number) => Status | undefined
}

async function run({ machine, answer, most = 1, take = () => undefined }: Setting = {}) {
  const { world, stderr } = fakeWorld({ stdin: lines, ...machine })
  const taken: number[] = []
  let [closed, documents, unanswered] = [0, 0, 0]
  const crew: Crew<number> = {
    answer: answer ?? (async ({ text }) => [numberIn(text)]),
    most: () => most,
    close: () => {
      closed += 1
    },
  }
  const sources = { paths: ['-'], failures: [], several: false }
  const taking = async (part: number): Promise<Status | undefined> => {
    taken.push(part)
    return take(part)
  }
  const request = { command: 'plan', color: 'auto' } as const
  const status = await answerAll(request, sources, world, crew, taking, async (answered) => {
    documents = answered.documents
    unanswered = answered.unanswered
    return 0
  })
  return { status, taken, stderr: stderr(), closed, documents, unanswered }
}

const all = Array.from({ length: 20 }, (_, number) => number)

it('hands every answer on in the order of the input', async () => {
  expect(await run()).toEqual({
    status: 0,
    taken: all,
    stderr: '',
    closed: 1,
    documents: 20,
    unanswered: 0,
  })
})

it('does so too where later ones are ready before', async () => {
  const answer: Answerer<number> = async ({ text }) => {
    await new Promise((settle) => setTimeout(settle, (20 - numberIn(text)) / 4))
    return [numberIn(text)]
  }
  expect((await run({ answer, most: 8 })).taken).toEqual(all)
})

it('has no more under way than the crew can have', async () => {
  let [running, highest] = [0, 0]
  const answer: Answerer<number> = async () => {
    running += 1
    highest = Math.max(highest, running)
    await new Promise((settle) => setTimeout(settle, 1))
    running -= 1
    return [running]
  }
  await run({ answer, most: 5 })
  expect(highest).toBe(5)
})

describe('what has no result', () => {
  it('is reported in its turn, and its status is that of the run', async () => {
    const answer: Answerer<number> = async ({ text }) =>
      text.includes('7') ? { status: 2, text: `${text.trim()} is wrong` } : [numberIn(text)]
    const { status, taken, stderr, unanswered } = await run({ answer, most: 4 })
    expect([status, unanswered]).toEqual([2, 2])
    expect(taken).toEqual(all.filter((number) => number % 10 !== 7))
    expect(stderr).toBe('mshare-plan: {"n":7} is wrong\nmshare-plan: {"n":17} is wrong\n')
  })

  it('may be a mistake of ours: the others are answered', async () => {
    const answer: Answerer<number> = async ({ text }) => {
      if (numberIn(text) === 3) throw new TypeError('planted')
      return [numberIn(text)]
    }
    const { status, taken, stderr } = await run({ answer, most: 4 })
    expect([status, taken.length]).toEqual([70, 19])
    expect(stderr).toMatch(/a bug in mshare-plan[\s\S]*TypeError: planted\n {4}at /)
  })
})

it('ends where an answer cannot be written: the rest is not read', async () => {
  const { status, taken, documents } = await run({ take: (part) => (part === 4 ? 3 : undefined) })
  expect([status, taken, documents]).toEqual([3, [0, 1, 2, 3, 4], 5])
})

it('delivers what it has where the user interrupts it, and that is no pass', async () => {
  const found = await run({ machine: { interruptedAfter: 6 } })
  expect(found).toMatchObject({
    status: 3,
    taken: [0, 1, 2, 3, 4, 5],
    closed: 1,
    documents: 6,
    unanswered: 0,
  })
  expect(found.stderr).toBe('mshare-plan: interrupted after 6 scenarios; the rest is not read\n')
})
