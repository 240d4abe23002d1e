import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CapturedProcess, MappedPart } from '../../../src/capture/estimate/captured-process.ts'
import { estimatedTouch } from '../../../src/capture/estimate/estimated-touch.ts'
import { meanSpans } from '../../../src/capture/estimate/span-estimate.ts'
import { touchedInClusters } from '../../../src/capture/files/spans.ts'
import { spansTouched } from '../../../src/space/spans.ts'
import { count, pages } from '../../../src/units/quantity.ts'
import { x8664 } from '../../build.ts'

const whole = { start: 0, pages: 262_144, reach: 512, spans: 512 }

/** A mapping of 1 GiB of which so many pages are there, and nobody says where. */
function partOf(pages: number, share = pages, pageKib = 4): MappedPart {
  const least = Math.ceil(pages / 512)
  return {
    region: { object: { pageKib } },
    start: 0,
    pages: 262_144,
    offset: 0,
    writable: true,
    reach: 512,
    spans: 512,
    touch: { kind: 'bounds', least, most: Math.min(512, pages), pages, share },
  } as unknown as MappedPart
}

const processOf = (part: MappedPart): CapturedProcess =>
  ({ seen: { status: {}, space: {} }, parts: [part] }) as unknown as CapturedProcess

describe('a mapping of which only an amount is known', () => {
  it('is touched in clusters of 1 MiB', () => {
    // 100 MiB are 100 of 1024 clusters, two in each of 512 spans: 512 · (1 − (924/1024)²).
    const part = partOf(25_600)
    const process = processOf(part)
    const [spans = 0] = meanSpans([process], [process], x8664)
    expect(spans).toBeCloseTo(95.117, 3)
    expect(estimatedTouch([part], part, 4096, spans)).toEqual({
      text: { random: '100 MiB', in: '1 MiB' },
      note: '50 to 512 of 512 tables, 95 assumed: Rss 100.0 MiB, pagemap not read',
    })
  })

  it('is all of it where all of it is there', () => {
    const part = partOf(262_144)
    expect(estimatedTouch([part], part, 4096, 512).text).toBe('all')
  })

  it('of huge pages is touched page by page', () => {
    const part = { ...partOf(25_600, 25_600, 2048), reach: 262_144, spans: 1 }
    expect(estimatedTouch([part], part, 4096, 1).text).toEqual({ random: '100 MiB', in: '2 MiB' })
  })
})

describe('processes of which each has touched other pages', () => {
  it('draw as many pages as are there, in clusters that touch as many spans as VmPTE leaves', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2000, max: 100_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (rss, at) => {
          const fewest = touchedInClusters(whole, rss, 512)
          const spans = fewest + (touchedInClusters(whole, rss, 1) - fewest) * at
          const parts = [partOf(rss, 250_000), partOf(rss, 0)]
          const [first] = parts
          // Clusters as long as a span touch one span each, shorter ones two: none touches fewer.
          const isReachable = spans >= 2.2 * fewest
          if (first === undefined || !isReachable || 250_000 <= 1.25 * spans * 512) return
          const { text } = estimatedTouch(parts, first, 4096, spans)
          const bytesOf = (words = ''): number =>
            Number.parseFloat(words) * ({ KiB: 1024, MiB: 2 ** 20 }[words.split(' ')[1] ?? ''] ?? 1)
          if (typeof text === 'string') throw new Error(text)
          expect(bytesOf(text.random)).toBe(rss * 4096)
          const cluster = bytesOf(text.in ?? '4 KiB') / 4096
          const planned = touchedInClusters(whole, rss, cluster)
          expect(Math.abs(planned - spans) / spans).toBeLessThan(0.1)
        },
      ),
    )
  })
})

describe('spans that clusters touch', () => {
  it('are those of single pages where a cluster is a page, and as few as can be where it fills a span', () => {
    expect(touchedInClusters(whole, 100, 1)).toBeCloseTo(512 * (1 - (1 - 100 / 262_144) ** 512))
    expect(touchedInClusters(whole, 5120, 512)).toBeCloseTo(10)
    expect(touchedInClusters(whole, 262_144, 256)).toBe(512)
  })

  it('are more where no span begins with a cluster: the plan says the same', () => {
    const [start, drawn] = [300, 25_600]
    const mapping = { start, pages: 262_144, reach: 512, spans: 513 }
    const touched = { kind: 'clusters', drawn: count(100), clusterPages: pages(256) } as const
    const access = {
      first: start,
      pages: pages(262_144),
      draws: 1,
      counts: 'all',
      touched,
    } as const
    const expected = spansTouched([access], pages(512), 'pte tables').total.expected
    expect(touchedInClusters(mapping, drawn, 256) / expected).toBeCloseTo(1, 2)
    expect(touchedInClusters(mapping, drawn, 256)).toBeCloseTo(513 * (1 - (924 / 1024) ** 3))
  })
})
