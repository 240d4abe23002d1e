import { afterEach, expect, it } from 'vitest'
import { captureScenario } from '../../../src/capture/capture-scenario.ts'
import type { Tree } from '../../../src/capture/files/tree.ts'
import type { Selection } from '../../../src/capture/machine/selection.ts'
import { folderTree } from '../../../src/cli/machine/folder-tree.ts'
import { openTree } from '../../../src/cli/machine/node-tree.ts'
import { heap, pagemapOf, server } from '../collect/behaviour.ts'
import { Ground } from '../collect/collected.ts'
import { costsNothing, processFiles, smapsOf } from '../reading.ts'

let ground: Ground | undefined
afterEach(() => ground?.remove())

const all: Selection = { pids: [], names: [], users: [], cgroups: [] }

async function scenarioOf(tree: Tree | { ok: false }, selection = all): Promise<string> {
  if ('ok' in tree) throw new Error('no tree')
  const captured = await captureScenario(tree, { selection, explain: costsNothing })
  if (!captured.ok) throw new Error(captured.fault.kind)
  return [captured.text, ...captured.refusals].join('\n')
}

const shared = smapsOf('40000000-40800000 rw-s 00000000 00:01 9 /dev/zero (deleted)', {
  Size: 8192,
  Rss: 12,
})

const machine = {
  ...server,
  ...processFiles({ pid: 9, program: 'mysqld', title: 'mysqld --x', smaps: heap + shared }),
  'proc/9/pagemap': pagemapOf({ 1025: 'present', 262144: 'present', 263170: 'present' }),
}

it('tells of an archive what it tells of the running machine', async () => {
  ground = new Ground(machine)
  const live = await scenarioOf(folderTree(ground.root, true))
  expect(ground.collect({ name: 'sh', command: ['sh'] }, []).status).toBe(0)
  expect(await scenarioOf(openTree(ground.archive))).toBe(live)
  expect(live).toContain('pagemap')
  expect(live).toContain('/proc/11/smaps is missing')
})

it('captures without being told which processes were chosen for the archive', async () => {
  ground = new Ground(machine)
  const live = folderTree(ground.root, true)
  const chosen = await scenarioOf(live, { ...all, names: ['mysql'] })
  expect(ground.collect({ name: 'sh', command: ['sh'] }, ['--name', 'mysql']).status).toBe(0)
  const archive = openTree(ground.archive)
  expect(await scenarioOf(archive)).toBe(chosen)
  expect(chosen).toContain('1 that was not selected')
  expect(await scenarioOf(archive, { ...all, pids: [9] })).toContain('Captured: 1 process in')
  await expect(scenarioOf(archive, { ...all, pids: [11] })).rejects.toThrow('none-fits')
})
