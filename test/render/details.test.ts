import { describe, expect, test } from 'vitest'
import type { Result, StrategyResult } from '../../src/plan/result/result.ts'
import { renderDetails } from '../../src/render/details.ts'
import { lkml, randomCase } from './lkml-result.ts'
import { keepsToThePaper } from './paper.ts'

const plain = { color: false, unicode: true, width: 80 }
const flat = (text: string) => text.replaceAll(/\s+/g, ' ')
const refused: StrategyResult = {
  id: 'mshare',
  status: 'proposed',
  applies: false,
  obstacles: [{ kind: 'backing', region: 'sga', need: 'file', found: 'sysv-shm' }],
}

describe('what does not fit into a table', () => {
  test('a region that its pool does not hold cannot be mapped', () => {
    const obstacles = [
      { kind: 'pool', region: 'sga', need: '9 pages', found: '4 pages' },
      { kind: 'not-mapped', region: 'log' },
    ] as const
    const strategies = lkml.strategies.map((each) =>
      each.id === 'as-described' ? { ...each, obstacles } : each,
    )
    const view = flat(renderDetails({ ...lkml, strategies }, plain))
    expect(view).toContain('as-described, cannot be mapped: - region sga: the huge-page pool')
    expect(view).toContain('as-described leaves as described: - region log: no process maps')
  })

  test('is labelled where the scenario itself uses mshare', () => {
    const strategies = lkml.strategies
      .filter((each) => each.id === 'mshare')
      .flatMap((each) => [{ ...each, id: 'as-described' }, each])
    const text = flat(renderDetails({ ...lkml, strategies }, plain))
    expect(text).toContain('MEMORY BUDGET, AS-DESCRIBED (PROPOSED)')
    expect(text).toContain('as-described (proposed), mshare (proposed)')
  })

  test('escapes the name of a cgroup', () => {
    const view = renderDetails(inSmallCgroup(), plain)
    expect(flat(view)).toContain('cgroup db\\x1b: limit 1.0 GiB, demand 2.0 GiB, headroom -1.0 GiB')
  })

  test('is written even where no strategy can be planned', () => {
    const view = renderDetails({ ...lkml, strategies: [refused] }, plain)
    expect(view).not.toMatch(/undefined|NaN|Infinity/)
  })
})

describe('the sections', () => {
  test('are those that were asked for, in the order of the program', () => {
    const view = renderDetails(lkml, plain, new Set(['risk', 'budget']))
    const titles = view.split('\n').filter((line) => /^[A-Z ,-]+$/.test(line) && line.length > 3)
    expect(titles).toEqual(['MEMORY BUDGET, AS-DESCRIBED', 'RISK'])
  })
})

describe('the tables', () => {
  const view = renderDetails(lkml, plain)

  test('compare the strategies, mshare labelled as proposed', () => {
    expect(view).toMatch(/as-described +880\.9 GiB +601\.3 MiB +- +-677\.8 GiB {2}oom/)
    expect(view).toMatch(/threads +601\.3 MiB +601\.3 MiB +880\.3 GiB +202\.5 GiB {2}safe/)
    expect(view).toMatch(
      /mshare \(proposed\) +841\.4 MiB +164\.0 KiB +880\.0 GiB +202\.2 GiB {2}safe/,
    )
    expect(view).toContain('pte 230,400,000 · pmd 450,000 · pud 1,500 · pgd 1,500')
    expect(flat(view)).toContain('proposed: in no released kernel.')
  })

  test('say why a strategy is refused and what would make it possible', () => {
    const [described] = lkml.strategies
    const strategies = described === undefined ? [] : [described, refused]
    const text = flat(renderDetails({ ...lkml, strategies }, plain))
    expect(text).toContain('mshare (proposed) is not possible here: - region sga: the backing')
    expect(text).toContain('(needed file, found sysv-shm); to change that, give the region another')
    const bare = { ...lkml, strategies: [...strategies.slice(0, 1), { ...refused, obstacles: [] }] }
    expect(flat(renderDetails(bare, plain))).toContain(
      'is not possible here: there are no regions.',
    )
  })

  test('mark what chance decides and give its bounds', () => {
    const text = renderDetails(randomCase(), plain)
    expect(text).toContain('pte ~996.76')
    expect(text).toMatch(/as-described +~3\.9 GiB /)
    expect(text).toContain('as-described: 3.9 GiB expected, 2.9 MiB at least, 8.4 GiB at most')
  })
})

keepsToThePaper((result, ink) => renderDetails(result, ink), [lkml])

function inSmallCgroup(): Result {
  const strategies = lkml.strategies.flatMap((each) =>
    each.applies && each.id === 'threads'
      ? [
          {
            ...each,
            id: 'as-described',
            risk: {
              ...each.risk,
              level: 'oom' as const,
              cgroups: [
                {
                  name: 'db\u001b',
                  limitBytes: 2 ** 30,
                  demandBytes: 2 ** 31,
                  headroomBytes: -(2 ** 30),
                  level: 'oom' as const,
                  pageTablesFraction: 0.5,
                },
              ],
            },
          },
        ]
      : [],
  )
  return { ...lkml, strategies }
}
