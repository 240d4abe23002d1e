import { describe, expect, it } from 'vitest'
import type { Limit } from '../../../src/plan/result/limit-result.ts'
import type { StrategyLimits } from '../../../src/plan/result/limits-result.ts'
import type { RefusedStrategy } from '../../../src/plan/result/result.ts'
import type { Answer } from '../../../src/render/limits/limit-table.ts'
import { limitTable } from '../../../src/render/limits/limit-table.ts'

const plain = { color: false, unicode: true, width: 80 }
const gib = 2 ** 30
const clients = { metric: 'processes', group: 'clients', unit: 'processes', now: 1500 } as const
const sga = { metric: 'region', region: 'sga', unit: 'bytes', now: 300 * gib } as const
const memory = { metric: 'memory', unit: 'bytes', now: 512 * gib } as const
const full = { next: 'oom', cause: 'memory' } as const

function answer(id: string, limit: Limit, more: Partial<StrategyLimits> = {}): Answer {
  return { strategy: { id, status: 'mainline', level: 'safe', limits: [limit], ...more }, limit }
}

function table(
  answers: readonly [Answer, ...Answer[]],
  refused: readonly RefusedStrategy[] = [],
): readonly string[] {
  return limitTable(answers, refused, plain)
}

describe('a table of processes', () => {
  it('has a row for each strategy, and rows that print the same once', () => {
    const low = { ...clients, safe: { value: 270, ...full }, swapping: { value: 357, ...full } }
    const high = {
      ...clients,
      safe: { value: 22_255, ...full },
      swapping: { value: 29_345, ...full },
    }
    const tight = { tight: low.swapping }
    const text = table([
      answer('as-described', { ...low, ...tight }, { level: 'oom' }),
      answer('base-pages', { ...low, ...tight }, { level: 'oom' }),
      answer('mshare', { ...high, tight: high.swapping }, { status: 'proposed' }),
    ])
    expect(text).toEqual([
      'Most processes of clients (now 1,500)',
      'Strategy           Now   Safe to  At most  Stopped by',
      '─────────────────────────────────────────────────────',
      'as-described       oom       270      357  memory',
      'mshare (proposed)  safe   22,255   29,345  memory',
      'as-described: also base-pages.',
    ])
  })

  it('does not show what is proposed in a row of what exists', () => {
    const bound = { value: 357, ...full }
    const limit = { ...clients, safe: bound, tight: bound, swapping: bound }
    const rows = table([
      answer('thp-2m', limit),
      answer('mshare', limit, { status: 'proposed' }),
    ]).slice(3)
    expect(rows).toEqual([
      'thp-2m             safe      357      357  memory',
      'mshare (proposed)  safe      357      357  memory',
    ])
  })

  it('shows what fits without swapping where there is swap', () => {
    const bounds = {
      safe: { value: 81, ...full },
      tight: { value: 284, ...full },
      swapping: { value: 538, ...full },
    }
    const stuck = {
      ...bounds,
      swapping: { value: 400, next: 'oom', cause: 'unswappable' },
    } as const
    expect(
      table([
        answer('threads', { ...clients, ...bounds }),
        answer('thp-2m', { ...clients, ...stuck }),
      ]),
    ).toEqual([
      'Most processes of clients (now 1,500)',
      'Strategy  Now   Safe to   Without  At most  Stopped by',
      '                         swapping',
      '──────────────────────────────────────────────────────────────',
      'threads   safe       81       284      538  swap',
      'thp-2m    safe       81       284      400  unswappable memory',
    ])
  })

  it('says why there is no number: no start, a full cgroup, not possible', () => {
    const text = table(
      [
        answer(
          'as-described',
          { ...clients, never: { cause: 'huge-pages' } },
          { refusal: 'huge-pages' },
        ),
        answer(
          'threads',
          { ...clients, never: { cause: 'cgroup', cgroup: 'db: 1' } },
          { level: 'oom' },
        ),
      ],
      [{ id: 'mshare', status: 'proposed', applies: false, obstacles: [] }],
    )
    expect(text.slice(3)).toEqual([
      'as-described       no start        -        -  huge pages are missing',
      'threads            oom             -        -  cgroup "db: 1" is full at any',
      '                                               number',
      'mshare (proposed)  -               -        -  not possible',
    ])
  })

  it('names the cgroup that is full, and the end of what Linux has', () => {
    const inside = { value: 9, next: 'oom', cause: 'cgroup', cgroup: 'db' } as const
    const text = table([
      answer('threads', { ...clients, swapping: inside, tight: inside }),
      answer('thp-2m', { ...clients, swapping: { value: 4_194_303 }, tight: { value: 4_194_303 } }),
    ])
    expect(text.slice(3)).toEqual([
      'threads   safe        -          9  cgroup db',
      'thp-2m    safe        -  4,194,303  process limit of Linux',
    ])
  })
})

describe('a table of sizes', () => {
  it('rounds a most size down and a least one up', () => {
    // 114.78 GiB.
    const size = { value: 117_535 * 2 ** 20, ...full }
    const region = { ...sga, safe: size, tight: size, swapping: size }
    expect(table([answer('threads', region)]).at(-1)).toBe(
      'threads   safe  114.7 GiB  114.7 GiB  memory',
    )
    const least = { ...memory, safe: size, tight: size, swapping: size }
    expect(table([answer('threads', least)])).toEqual([
      'Least memory of the host (now 512.0 GiB)',
      'Strategy  Now   Safe from   At least  Stopped by',
      '────────────────────────────────────────────────',
      'threads   safe  114.8 GiB  114.8 GiB  memory',
    ])
  })

  it('is exact where a limit reads like what there is now, and is not the same', () => {
    const now = 300 * gib + 2 ** 20
    const size = { value: 300 * gib, ...full }
    const text = table([
      answer('threads', { ...sga, now, safe: size, tight: size, swapping: size }),
    ])
    expect(text[0]).toBe('Largest size of sga (now 307,201 MiB)')
    expect(text.at(-1)).toBe('threads   safe  307,200 MiB  307,200 MiB  memory')
  })

  it('says that a limit is unknown beyond exact numbers', () => {
    const swapping = { value: 8 * 2 ** 50 - 4096, atLeast: true } as const
    expect(table([answer('threads', { ...sga, swapping, tight: swapping })]).at(-1)).toBe(
      'threads   safe        -  7.9 PiB or more  unknown',
    )
  })
})

it('groups that grow alike are multiples of what there is now, rounded down', () => {
  const all = { metric: 'allProcesses', unit: 'processes', now: 240 } as const
  const bounds = { safe: { value: 323, ...full }, tight: { value: 5388, ...full } }
  const limit = { ...all, ...bounds, swapping: bounds.tight }
  const tiny = {
    ...all,
    now: 40_000,
    swapping: { value: 1, ...full },
    tight: { value: 1, ...full },
  }
  const text = table([answer('threads', limit), answer('thp-2m', tiny)])
  expect(text[0]).toBe('All groups grown alike (now ×1)')
  // 323 / 240 = 1.3458; 5388 / 240 = 22.45.
  expect(text.slice(3)).toEqual([
    'threads   safe    ×1.34   ×22.45  memory',
    'thp-2m    safe        -   <×0.01  memory',
  ])
})
