import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tryPlanWhole } from '../../../../src/plan/strategy/plans.ts'
import { nameIn, workloadOf as workloadAt } from '../../../../src/plan/timeline/snapshot.ts'
import { momentsOf } from '../../../../src/plan/timeline/states.ts'
import { describedStrategy } from '../../../../src/sharing/catalogue.ts'
import { workloadOf } from '../expected.ts'
import { lockLimit, startLimit, testLimit } from '../limits.ts'
import type { Machine } from '../machine/machine.ts'
import { openMachine } from '../machine/machine.ts'
import { change, moreHugePages } from '../machine/settings.ts'
import { runs } from '../runs.ts'
import { checkCases } from '../tables/cases.ts'
import { Unasked } from '../unasked.ts'
import type { Caller } from './caller.ts'
import { startCaller, vmPteNow } from './caller.ts'
import type { DrawnSequence, Kind, Play } from './sequences.ts'
import { anySequence, mostFileBytes, playOf } from './sequences.ts'

/*
 * What happens to a process, step by step: mmap, touch, fork, madvise, munmap and exit in any order. After
 * each step VmPTE of the process that acts is what the timeline says, to the byte.
 */

let machine: Machine = { ok: false, reason: 'not looked at yet' }
let caller: Caller | undefined

beforeAll(async () => {
  machine = await openMachine()
  if (machine.ok) {
    await machine.kernel.close()
    caller = await startCaller(mostFileBytes)
  }
}, startLimit)

afterAll(() => caller?.end(), startLimit)

const ordinary: readonly Kind[] = [
  ...(['shared', 'shared, read', 'anonymous', 'anonymous, read'] as const),
  ...(['copied', 'copied, read'] as const),
]
const sequences = Math.ceil(runs * 0.6)

describe('the tables of a process follow what happens to it', () => {
  test(`${sequences} drawn sequences on base pages and transparent huge pages`, {
    timeout: testLimit,
  }, async ({ skip }) => {
    if (!machine.ok) return skip(machine.reason)
    await agrees(ordinary, sequences)
  })

  const fewer = Math.ceil(runs / 10)
  test(`${fewer} drawn sequences on huge pages of 2 MiB`, {
    timeout: lockLimit + testLimit,
  }, async ({ skip }) => {
    if (!machine.ok) return skip(machine.reason)
    const changed = await change(moreHugePages(2048, 32))
    if (!changed.ok) return skip(changed.reason)
    try {
      await agrees(['hugetlb'], fewer)
    } finally {
      changed.restore()
    }
  })
})

interface Seen {
  steps: number
  forks: number
}

async function agrees(kinds: readonly Kind[], cases: number): Promise<void> {
  if (!machine.ok) throw new Unasked(machine.reason)
  const { host } = machine
  const seen: Seen = { steps: 0, forks: 0 }
  let compared = 0
  const check = async (drawn: DrawnSequence): Promise<void> => {
    await compare(playOf(drawn, host), seen)
    compared += 1
  }
  await checkCases(anySequence(kinds), check, cases)
  expect(compared).toBe(cases)
  expect(seen.steps).toBeGreaterThan(2 * cases)
  expect(seen.forks).toBeGreaterThan(cases / 4)
}

async function compare(play: Play, seen: Seen): Promise<void> {
  if (caller === undefined) throw new Unasked('no process')
  const { pid } = caller
  const before = vmPteNow(pid)
  const measured: number[][] = []
  let child: number | undefined
  const look = (): void => {
    const pids = child === undefined ? [pid] : [pid, child]
    measured.push(pids.map((one) => vmPteNow(one) - before))
  }
  await make(caller, play.first)
  look()
  for (const { calls, does } of play.steps) {
    const answer = await make(caller, calls)
    if (does === 'fork') child = answer
    if (does === 'exit') child = undefined
    look()
    seen.steps += 1
    if (does === 'fork') seen.forks += 1
  }
  if (child !== undefined) await caller.call(60)
  await make(caller, play.last)
  expect(vmPteNow(pid)).toBe(before)
  expect(measured, JSON.stringify(play.scenario)).toEqual(predicted(play))
}

/** madvise() over a hole says ENOMEM, and does the rest. */
const unmappedInBetween = -12

async function make({ call }: Caller, orders: readonly (readonly number[])[]): Promise<number> {
  let answer = 0
  for (const order of orders) {
    answer = await call(...order)
    if (answer < 0 && answer !== unmappedInBetween) {
      throw new Unasked(`call ${order.join()} failed: errno ${-answer}`)
    }
  }
  return answer
}

/** VmPTE in KB of the parent and its child, after each step. */
function predicted({ scenario }: Play): readonly (readonly number[])[] {
  const workload = workloadOf(JSON.stringify(scenario))
  return momentsOf(workload).map(({ state }) => {
    const planned = tryPlanWhole(workloadAt(state), describedStrategy)
    if (planned === undefined) throw new Error('no plan')
    const { groups } = planned.result
    return ['parents', 'children'].flatMap((name) =>
      groups
        .filter((group) => nameIn(group.name) === name && group.processes > 0)
        .map(({ perProcess }) => Math.floor(perProcess.vmPteBytes / 1024)),
    )
  })
}
