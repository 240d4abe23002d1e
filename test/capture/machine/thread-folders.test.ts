import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { threadFolders } from '../../../src/capture/machine/thread-folders.ts'
import { openTree } from '../../../src/cli/machine/node-tree.ts'
import { main } from '../../../src/cli/main.ts'
import { fakeWorld } from '../../cli/fake-world.ts'
import { captureOf, readBack } from '../copied-tree.ts'
import { machineFiles, processFiles } from '../reading.ts'

const kib = 1024
/** Which of the files that are missing is named is another matter. */
const isNoRefusal = (line: string): boolean => !line.includes('is missing')

describe('folders of threads', () => {
  it('are of one process, which is counted once', async () => {
    const told = await captureOf('thread-folders')
    const { workload } = readBack(told)
    expect(workload.groups).toMatchObject([
      { processes: 1, threads: 4, private: 10_000 * kib, baseTables: 200 * kib },
    ])
    expect(told.text).toContain('# Not captured: 3 threads of other processes.')
    expect(workload.measured?.groups).toMatchObject([{ vmPte: 200 * kib }])
  })

  it('are chosen as their process', async () => {
    const { workload } = readBack(await captureOf('thread-folders', '--pid', '501'))
    expect(workload.groups).toMatchObject([{ name: 'worker-500', processes: 1 }])
  })

  it('stand for a process that has no folder, once', () => {
    const { processOf } = threadFolders((pid) => pid === 7)
    expect(processOf(501, 'Tgid:\t500\n')).toBe(500)
    expect(processOf(502, 'Tgid:\t500\n')).toBeUndefined()
    expect(processOf(8, 'Tgid:\t7\n')).toBeUndefined()
    expect(processOf(7, 'Tgid:\t7\n')).toBe(7)
    expect(processOf(9, 'Name:\tolder than Tgid\n')).toBe(9)
  })

  it('without that of the process are captured from one of them', async () => {
    const status = { Tgid: '500', Threads: '2' }
    const files = {
      ...machineFiles,
      ...processFiles({ pid: 501, status }),
      ...processFiles({ pid: 502, status }),
    }
    const rooted = Object.entries(files).map(([path, text]) => [`t/${path}`, text])
    const { world, stdout, stderr } = fakeWorld({ files: Object.fromEntries(rooted) })
    const answer = await main(['capture', '--root', 't', '--pid', '502'], world)
    const { workload } = readBack({ status: answer, text: stdout(), stderr: stderr() })
    expect(workload.groups).toMatchObject([{ processes: 1, threads: 2 }])
  })

  it('in an archive are the same', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mshare-plan-threads-'))
    const path = join(folder, 'threads.tar')
    const tree = join(import.meta.dirname, '../../fixtures/proc/thread-folders/tree')
    spawnSync('tar', ['-cf', path, '-C', tree, 'proc'])
    const { world, stdout } = fakeWorld()
    const options = ['--root', path, '--pid', '503']
    expect(await main(['capture', ...options], { ...world, openTree })).toBe(0)
    rmSync(folder, { recursive: true })
    const { text } = await captureOf('thread-folders', '--pid', '503')
    expect(stdout().split('\n').filter(isNoRefusal)).toEqual(text.split('\n').filter(isNoRefusal))
  })

  it('of this machine are not listed, but can be named', async () => {
    const program =
      'new (require("node:worker_threads").Worker)("setInterval(() => {}, 1000)", { eval: true }); console.log(1)'
    const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(child.stdout, 'data')
    const thread = readdirSync(`/proc/${child.pid}/task`).find((name) => name !== `${child.pid}`)
    const { world, stdout, stderr } = fakeWorld()
    const status = await main(['capture', '--pid', `${thread}`], { ...world, openTree })
    child.kill()
    const { workload } = readBack({ status, text: stdout(), stderr: stderr() })
    expect(workload.groups).toMatchObject([{ processes: 1 }])
  })
})
