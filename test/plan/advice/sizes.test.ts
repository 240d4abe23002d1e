import { describe, expect, test } from 'vitest'
import { knownSizes } from '../../../src/plan/advice/sizes.ts'
import { readScenario } from '../../../src/scenario/read-scenario.ts'

function sizesOf(region: string, assumed: string) {
  const reading = readScenario(
    `
version: 1
host: { memory: 64 GiB }
regions: { buffers: { size: 16 GiB, backing: anonymous-shared, program: postgresql${region} } }
groups: { backends: { processes: 100, private: 8 MiB, maps: [{ region: buffers }] } }
assumed: ${assumed}
`,
    'sizes.yaml',
  )
  if (!reading.ok) throw new Error(JSON.stringify(reading.issues))
  const [buffers] = reading.workload.regions
  if (buffers === undefined) throw new Error('no region')
  const sizes = knownSizes(reading.workload, reading.assumptions)
  return { exact: sizes.isExact(buffers), overhead: sizes.overheadOf(buffers) }
}

// 2,097,152 buffers · 224 B + 100 · 88 KiB + 64 MiB
const overhead = 545_882_112

describe('a round size', () => {
  test('is what the program was configured with, as init writes it', () => {
    const so = { exact: false, overhead }
    expect(sizesOf('', '{}')).toEqual(so)
    expect(sizesOf('', '{ groups.backends.private: an example }')).toEqual(so)
  })

  test('that is assumed itself has its margin already', () => {
    const assumed = '{ regions.buffers.size: estimated }'
    expect(sizesOf('', assumed)).toEqual({ exact: false, overhead: 0 })
  })

  test('is the whole of it where an import has computed it', () => {
    const so = { exact: true, overhead: 0 }
    expect(sizesOf('', '{ regions.buffers.backing: the default }')).toEqual(so)
    const private_ = '{ groups.backends.private: usual }'
    expect(sizesOf(', programRelease: "17"', private_)).toEqual(so)
  })
})
