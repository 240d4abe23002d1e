// Prints what /proc/self/status says before and after this process takes memory, or makes threads.
// Orders: `heap MIB` or `stacks THREADS`.
import { readFileSync } from 'node:fs'
import koffi from 'koffi'

const [order, amount] = [process.argv[2], Number(process.argv[3])]
const stackBytes = 8 * 2 ** 20
const library = koffi.load(null)

function status() {
  const text = readFileSync('/proc/self/status', 'latin1')
  const kb = (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1])
  return { vmPteKb: kb('VmPTE'), ownKb: kb('RssAnon') }
}

/** Threads that wait for ever, on stacks that glibc makes as it always does. */
function makeThreads(threads) {
  const find = library.func('void *dlsym(intptr_t handle, const char *name)')
  const init = library.func('int pthread_attr_init(void *attr)')
  const setSize = library.func('int pthread_attr_setstacksize(void *attr, size_t bytes)')
  const create = library.func(
    'int pthread_create(void *thread, void *attr, void *start, void *arg)',
  )
  const [attr, thread] = [Buffer.alloc(64), Buffer.alloc(8)]
  init(attr)
  setSize(attr, stackBytes)
  const pause = find(0, 'pause')
  for (let made = 0; made < threads; made += 1) {
    const error = create(thread, attr, pause, null)
    if (error !== 0) throw new Error(`pthread_create: ${error}`)
  }
}

let kept = []
const run = {
  heap: (mib) => {
    kept = Array.from({ length: mib }, () => Buffer.alloc(2 ** 20, 1))
  },
  stacks: makeThreads,
}[order]
const before = status()
run(amount)
// A thread touches its stack when it runs.
await new Promise((resolve) => setTimeout(resolve, 1000))
const after = status()
process.stdout.write(`${JSON.stringify({ before, after, kept: kept.length })}\n`, () =>
  process.exit(0),
)
