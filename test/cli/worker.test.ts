import { EventEmitter, once } from 'node:events'
import { beforeEach, expect, it, vi } from 'vitest'
import { requestOf } from '../../src/cli/arguments/request.ts'
import { work } from '../../src/cli/worker.ts'

/** What the thread that was started hears and says. */
const port = vi.hoisted(() => ({
  heard: [] as ((batch: unknown) => void)[],
  said: undefined as ((outcomes: unknown) => void) | undefined,
  data: undefined as unknown,
}))
vi.mock('node:worker_threads', () => ({
  get workerData() {
    return port.data
  },
  parentPort: {
    on: (_: string, hear: (batch: unknown) => void) => port.heard.push(hear),
    postMessage: (outcomes: unknown) => port.said?.(outcomes),
  },
}))

const texts = [
  '{"version":1,"name":"a","host":{"memory":"8 GiB"},"groups":{}}',
  '{"version":1,"name":"b"}',
]
const batch = texts.map((text, index) => ({ path: 'a.ndjson', text, document: index + 1 }))
const wanted = { json: false, ndjson: true, inks: {} }

beforeEach(() => {
  port.heard.length = 0
})

it.each([
  ['plan', '"schema":"mshare-plan/result/1"'],
  ['check', '"verdict":"pass"'],
  ['limits', '"schema":"mshare-plan/limits/1"'],
] as const)('answers a batch of documents as %s does', async (command, part) => {
  const request = requestOf({ command, implied: false, operands: ['a.ndjson'], options: {} })
  port.data = { request, context: {}, texts: [], wanted }
  const mouth = new EventEmitter()
  port.said = (outcomes) => mouth.emit('said', outcomes)
  work()
  for (const hear of port.heard) hear(batch)
  const [outcomes] = await once(mouth, 'said')
  expect(outcomes).toEqual([
    [expect.objectContaining({ texts: { ndjson: expect.stringContaining(part) } })],
    expect.objectContaining({ status: 2, issues: expect.arrayContaining([]) }),
  ])
})

it('answers what was measured as verify does', async () => {
  const request = requestOf({
    command: 'verify',
    implied: false,
    operands: ['a.ndjson'],
    options: {},
  })
  port.data = { request, wanted }
  const mouth = new EventEmitter()
  port.said = (outcomes) => mouth.emit('said', outcomes)
  work()
  for (const hear of port.heard) hear(batch.slice(0, 1))
  const [outcomes] = await once(mouth, 'said')
  expect(outcomes).toEqual([
    {
      status: 2,
      issues: [expect.objectContaining({ message: expect.stringContaining('no meas') })],
    },
  ])
})
