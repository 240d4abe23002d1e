import { mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { choicesOf } from './choices.ts'
import type { Failure } from './fuzz.ts'
import { fuzz, judged } from './fuzz.ts'
import { written } from './input.ts'
import { minimised } from './minimise.ts'
import type { Target } from './targets/target.ts'
import { targets } from './targets/targets.ts'

/** What the process that watches asks for. */
interface Order {
  readonly target: string
  readonly seed: number
  readonly from: number
  readonly end: number
  /** Seconds until it stops by itself. */
  readonly seconds: number
  /** Where the number of the input at hand is noted, for the case that this process dies of it. */
  readonly progress: string
  readonly failures: string
  /** The input at `from` is only saved. */
  readonly onlySaves: boolean
}

// Started by run.mjs, in a process of its own: an input may take it down. It ends with the other.
process.once('disconnect', () => process.exit())
const order: Order = JSON.parse(process.argv[2] ?? '')
const target = targets[order.target]
if (target === undefined) throw new RangeError(`nothing is called ${order.target}`)
process.send?.(order.onlySaves ? saveOnly(order, target) : await run(order, target))
if (process.connected) process.disconnect()

/** Each failure is told as soon as it is found: a later input may end this process. */
async function run({ seed, from, end, seconds, progress }: Order, target: Target) {
  const note = openSync(progress, 'w')
  const start = performance.now()
  let index = from
  const found = fuzz(target, seed, from, (next) => {
    index = next
    writeSync(note, String(next).padStart(12), 0)
    return next < end && performance.now() - start < seconds * 1000
  })
  for await (const failure of found) process.send?.(await save(failure, target))
  return { next: index }
}

async function save({ index, input, broken }: Failure, target: Target) {
  const [first = ''] = broken
  const smallest = await minimised(input, async (candidate) =>
    (await judged(target, candidate, true)).some((each) => kindOf(each) === kindOf(first)),
  )
  return { index, broken, path: write(index, written(smallest)) }
}

/** The same promise, whatever the numbers. */
function kindOf(broken: string): string {
  return broken.replaceAll(/\d+/g, '')
}

function saveOnly({ seed, from }: Order, target: Target) {
  return { path: write(from, written(target.draw(choicesOf(seed, from)))) }
}

function write(index: number, text: string): string {
  mkdirSync(order.failures, { recursive: true })
  const path = join(order.failures, `${order.target}-${order.seed}-${index}.json`)
  writeFileSync(path, text)
  return path
}
