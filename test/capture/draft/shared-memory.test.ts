import { describe, expect, it } from 'vitest'
import { captureScenario } from '../../../src/capture/capture-scenario.ts'
import type { FolderTree } from '../../../src/capture/files/tree.ts'
import { main } from '../../../src/cli/main.ts'
import { fakeWorld } from '../../cli/fake-world.ts'
import { memoryTree } from '../memory-tree.ts'
import { costsNothing, machineFiles, processFiles, smapsOf } from '../reading.ts'

type Files = Readonly<Record<string, string>>

const mib = 1024
const library = smapsOf('500000000000-500000001000 r-xp 00000000 fe:00 9   /usr/bin/server')
const zero = '00:01 42   /dev/zero (deleted)'
const segment = '00:01 7   /SYSV00000000 (deleted)'

/** Processes that each have so much of 64 MiB, in KiB, in 26 of its 32 tables. */
function workers(shares: readonly { readonly rss: number; readonly pss: number }[], object = zero) {
  const files = shares.map(({ rss, pss }, index) => {
    const smaps = smapsOf(`7f0000000000-7f0004000000 rw-s 00000000 ${object}`, {
      Size: 64 * mib,
      Rss: rss,
      Pss: pss,
    })
    const status = { VmPTE: '     124 kB', VmRSS: `${rss} kB` }
    return processFiles({ pid: 10 + index, smaps: library + smaps, status })
  })
  return Object.assign({}, ...files) as Files
}

async function capture(files: Files, shmem = 70_000) {
  const meminfo = `${machineFiles['proc/meminfo']}`.replace(/Shmem: .*/, `Shmem: ${shmem} kB`)
  const all = { ...machineFiles, 'proc/meminfo': meminfo, ...files }
  const rooted = Object.entries(all).map(([path, text]) => [`t/${path}`, text])
  const captured = fakeWorld({ files: Object.fromEntries(rooted) })
  await main(['capture', '--root', 't'], captured.world)
  const text = captured.stdout()
  const planned = fakeWorld({ files: { 'c.yaml': text } })
  await main(['c.yaml', '-f', 'json'], planned.world)
  const { strategies } = JSON.parse(planned.stdout())
  const sharedOf = (id: string): readonly number[] => {
    const { memory } = strategies.find((one: { readonly id: string }) => one.id === id)
    return memory.lines
      .filter(({ name }: { readonly name: string }) => name.includes('shared memory'))
      .map(({ bytes }: { readonly bytes: number }) => Math.abs(bytes) / 1024)
  }
  return { text, stderr: captured.stderr(), sharedOf }
}

describe('a region that processes have touched here and there', () => {
  it('has in memory what all of them map, by Pss, and what is left is of others', async () => {
    const shares = [
      { rss: 24 * mib, pss: 16 * mib },
      { rss: 24 * mib, pss: 16 * mib },
    ]
    const { text, sharedOf } = await capture(workers(shares))
    expect(text).toContain(
      'resident:\n      atLeast: 32 MiB # sum of Pss of all processes that map it',
    )
    expect(sharedOf('as-described')).toEqual([70_000 - 32 * mib, 32 * mib])
  })

  it('gives that memory up to the pool where a strategy puts it on huge pages', async () => {
    const shares = [
      { rss: 40 * mib, pss: 32 * mib },
      { rss: 40 * mib, pss: 32 * mib },
    ]
    const { text, sharedOf } = await capture(workers(shares))
    expect(text).toContain('resident:\n      atLeast: 64 MiB')
    expect(sharedOf('hugetlb-2m')).toEqual([70_000 - 64 * mib, 0])
  })

  it('has the largest Rss, where others map it that were not captured, or Pss cannot be', async () => {
    const others = await capture(workers([{ rss: 10 * mib, pss: mib }]))
    expect(others.text).toContain(
      'resident:\n      atLeast: 10 MiB # largest Rss of all processes that map it',
    )
    const shares = Array.from({ length: 7 }, () => ({ rss: 10 * mib, pss: 10 * mib }))
    const impossible = await capture(workers(shares))
    expect(impossible.text).toContain(
      'resident:\n      atLeast: 10 MiB # largest Rss of all processes that map it',
    )
  })

  it('of System V has what the kernel lists', async () => {
    const head = 'key shmid perms size cpid lpid nattch rss swap'
    const row = `0 7 600 ${64 * 2 ** 20} 1 1 1 ${48 * 2 ** 20} 0`
    const files = workers([{ rss: 10 * mib, pss: 10 * mib }], segment)
    const { text, stderr } = await capture({ ...files, 'proc/sysvipc/shm': `${head}\n${row}\n` })
    expect(text).toContain('resident:\n      atLeast: 48 MiB # rss of /proc/sysvipc/shm')
    expect(stderr).not.toContain('of Shmem is mapped')
  })

  it('has the spans that fill it from its start, where all processes have the same', async () => {
    const share = { rss: 50 * mib, pss: 25 * mib }
    const { text, sharedOf } = await capture(workers([share, share]))
    expect(text).toContain('first: 50 MiB')
    expect(text).not.toContain('resident:')
    expect(sharedOf('as-described')).toEqual([70_000 - 50 * mib, 50 * mib])
  })

  it('has as many pages of each span as there are, where these do not fill it', async () => {
    const share = { rss: 40 * mib, pss: 20 * mib }
    const { text, sharedOf } = await capture(workers([share, share]))
    expect(text).toContain('pages: 0-393,512-905,')
    expect(sharedOf('as-described')).toEqual([70_000 - 26 * 394 * 4, 26 * 394 * 4])
  })

  it('is drawn at random where the processes have more together than fits in the spans of one', async () => {
    const share = { rss: 40 * mib, pss: 33 * mib }
    const { text } = await capture(workers([share, share]))
    expect(text).toMatch(/random: 40 MiB\n\s+in: \d+ KiB/)
  })

  it('may have more that ended processes left, and that is said', async () => {
    const { stderr } = await capture(workers([{ rss: 24 * mib, pss: 24 * mib }]))
    expect(stderr).toContain('44.4 MiB of Shmem is mapped by none of these processes')
    const little = await capture(workers([{ rss: 24 * mib, pss: 24 * mib }]), 26 * mib)
    expect(little.stderr).not.toContain('of Shmem is mapped')
  })
})

describe('on the machine itself', () => {
  const files = { ...machineFiles, ...workers([{ rss: 24 * mib, pss: 24 * mib }]) }
  const encoder = new TextEncoder()
  const bytes = new Map(Object.entries(files).map(([path, text]) => [path, encoder.encode(text)]))

  it.each([
    [60, 60],
    // More is stored behind what is mapped: that is no part of the region.
    [80, 64],
  ])('a region has what is stored of its object: of %i MiB %i', async (stored, resident) => {
    const asked: string[] = []
    const tree: FolderTree = {
      ...memoryTree(bytes, ''),
      stored: (path) => {
        asked.push(path)
        return stored * 2 ** 20
      },
    }
    const captured = await captureScenario(tree, {
      selection: { pids: [], names: [], users: [], cgroups: [] },
      explain: () => ({ ...costsNothing(), shared: new Map([['anonymous shared', 2 ** 20]]) }),
    })
    expect(asked).toEqual(['proc/10/map_files/7f0000000000-7f0004000000'])
    expect(captured).toMatchObject({
      ok: true,
      text: expect.stringContaining(
        `resident:\n      atLeast: ${resident} MiB # its blocks by stat`,
      ),
    })
  })
})
