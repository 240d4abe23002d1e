import { describe, expect, it } from 'vitest'
import { captureScenario } from '../../../src/capture/capture-scenario.ts'
import type { FolderTree } from '../../../src/capture/files/tree.ts'
import { readScenario } from '../../../src/scenario/read-scenario.ts'
import { memoryTree } from '../memory-tree.ts'
import { costsNothing, machineFiles, processFiles, smapsOf } from '../reading.ts'

/** Low in memory, so that pagemap is short. */
const stack = smapsOf('00010000-00020000 rw-p 00000000 00:00 0    [stack]', { Anonymous: 4 })
const top = 0x1f

interface Twin {
  readonly pid: number
  readonly parent?: number
  /** Page frame at the top of the stack; absent: hidden. */
  readonly frame?: number
  readonly exclusive?: boolean
  /** Page frame of the page below it, mapped once. */
  readonly own?: number
}

/** How many address spaces processes with the same mappings and the same figures are. */
async function spaces(twins: readonly Twin[]): Promise<number> {
  const encoder = new TextEncoder()
  const texts: Readonly<Record<string, string>> = Object.assign(
    {},
    machineFiles,
    ...twins.map(({ pid, parent = 1 }) =>
      processFiles({ pid, smaps: stack, status: { PPid: String(parent) } }),
    ),
  )
  const files = new Map<string, Uint8Array>(
    Object.entries(texts).map(([path, text]) => [path, encoder.encode(text)]),
  )
  for (const twin of twins) files.set(`proc/${twin.pid}/pagemap`, pagemapOf(twin))
  const captured = await captureScenario(memoryTree(files, ''), {
    selection: { pids: [], names: [], users: [], cgroups: [] },
    explain: costsNothing,
  })
  if (!captured.ok) throw new Error(captured.fault.kind)
  const reading = readScenario(captured.text, 'captured.yaml')
  if (!reading.ok) throw new Error(JSON.stringify(reading.issues))
  return reading.workload.groups.reduce((sum, { processes }) => sum + processes, 0)
}

/** Present, bit 63; mapped once, bit 56. */
function pagemapOf({ frame = 0, exclusive = false, own }: Twin): Uint8Array {
  const bytes = new Uint8Array((top + 1) * 8)
  if (own !== undefined) {
    const below = new DataView(bytes.buffer, (top - 1) * 8)
    below.setUint32(0, own, true)
    below.setUint8(7, 0x81)
  }
  const entry = new DataView(bytes.buffer, top * 8)
  entry.setUint32(0, frame, true)
  entry.setUint8(7, 0x80 + (exclusive ? 1 : 0))
  return bytes
}

describe('processes with the same mappings', () => {
  it('are one address space where the top of the stack is one frame, mapped once', async () => {
    const same = { frame: 4711, exclusive: true }
    expect(
      await spaces([
        { pid: 10, ...same },
        { pid: 11, ...same },
        { pid: 12, ...same },
      ]),
    ).toBe(1)
  })

  it('are one for each page of the stack that is mapped once, below what fork() left in common', async () => {
    const forked = { frame: 4711 }
    expect(
      await spaces([
        { pid: 10, ...forked, own: 1 },
        { pid: 11, parent: 10, ...forked, own: 2 },
        { pid: 12, parent: 11, ...forked, own: 2 },
        { pid: 13, parent: 10, ...forked, own: 2 },
      ]),
    ).toBe(2)
  })

  it('are several after fork(), which maps the frame twice or copies it', async () => {
    expect(
      await spaces([
        { pid: 10, frame: 4711 },
        { pid: 11, parent: 10, frame: 4711 },
      ]),
    ).toBe(2)
    const own = { exclusive: true }
    expect(
      await spaces([
        { pid: 10, frame: 4711, ...own },
        { pid: 11, parent: 10, frame: 4712, ...own },
      ]),
    ).toBe(2)
  })

  it('are one where frames are hidden, but they are parent and child with the same figures', async () => {
    expect(await spaces([{ pid: 10 }, { pid: 11, parent: 10 }])).toBe(1)
    expect(await spaces([{ pid: 10, parent: 11 }, { pid: 11 }])).toBe(1)
    expect(await spaces([{ pid: 10 }, { pid: 11 }, { pid: 12 }])).toBe(3)
  })
})

describe('what this program was started through', () => {
  it('is not chosen by the name that its command line asks for', async () => {
    const texts = {
      ...machineFiles,
      ...processFiles({ pid: 10, program: 'postgres' }),
      ...processFiles({ pid: 20, program: 'sudo', title: 'sudo npx capture --name gres' }),
      ...processFiles({ pid: 21, program: 'sh', title: 'sh -c postgres', status: { PPid: '20' } }),
      ...processFiles({ pid: 22, program: 'node', title: 'node gres', status: { PPid: '21' } }),
      ...processFiles({ pid: 30, program: 'psql', title: 'psql postgres' }),
    }
    const encoder = new TextEncoder()
    const files = new Map(Object.entries(texts).map(([path, text]) => [path, encoder.encode(text)]))
    const tree: FolderTree = { ...memoryTree(files, ''), live: true, self: 22 }
    const captured = await captureScenario(tree, {
      selection: { pids: [], names: ['gres'], users: [], cgroups: [] },
      explain: costsNothing,
    })
    if (!captured.ok) throw new Error(captured.fault.kind)
    const reading = readScenario(captured.text, 'captured.yaml')
    if (!reading.ok) throw new Error(JSON.stringify(reading.issues))
    expect(reading.workload.groups.map(({ name }) => name)).toEqual(['postgres', 'psql'])
  })
})
