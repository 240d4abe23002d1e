import { describe, expect, it } from 'vitest'
import { main } from '../../../src/cli/main.ts'
import { fakeWorld } from '../../cli/fake-world.ts'
import { captureOf, readBack } from '../copied-tree.ts'
import { machineFiles, processFiles } from '../reading.ts'

const kib = 1024

describe('more in swap than there is', () => {
  it('is kept, with the swap that the processes need: 2 · 2500 kB', async () => {
    const told = await captureOf('lxc-small-swap')
    const { workload, assumptions } = readBack(told)
    expect(workload.groups).toMatchObject([{ processes: 2, private: 12_550 * kib }])
    expect(workload.host.swap).toBe(5000 * kib)
    expect(assumptions).toContainEqual(
      expect.objectContaining({
        path: 'host.swap',
        source: 'the captured processes have 4.9 MiB in swap; SwapTotal is 0 B',
      }),
    )
    expect(told.stderr).toContain('VmSwap is more than SwapTotal: a container shows its own limits')
  })

  it('in all processes together counts too, and less than SwapTotal changes nothing', async () => {
    const swapOf = async (each: number) => {
      const workers = Array.from({ length: 4 }, (_, index) =>
        processFiles({
          pid: 10 + index,
          status: { VmSwap: `${each} kB`, VmPTE: `${100 + index} kB` },
        }),
      )
      const files = Object.assign({}, machineFiles, ...workers)
      const rooted = Object.entries(files).map(([path, text]) => [`t/${path}`, String(text)])
      const { world, stdout, stderr } = fakeWorld({ files: Object.fromEntries(rooted) })
      const status = await main(['capture', '--root', 't'], world)
      return readBack({ status, text: stdout(), stderr: stderr() }).workload.host.swap
    }
    expect(await swapOf(300_000)).toBe(1_200_000 * kib)
    expect(await swapOf(200_000)).toBe(2 ** 30)
  })
})
