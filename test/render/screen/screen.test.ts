import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Result } from '../../../src/plan/result/result.ts'
import { renderScreen } from '../../../src/render/screen/screen.ts'
import type { WorkloadParts } from '../../build.ts'
import { gib, mib, nth, planned, random } from '../../build.ts'
import { resultOfText } from '../../plan/advice/applied.ts'
import { expectLines } from '../../scenarios/expect-screen.ts'
import { lkml, lkmlGated, randomCase } from '../lkml-result.ts'
import { expectWidth, keepsToThePaper } from '../paper.ts'
import { oneRequest, plain, pooled, server } from './servers.ts'

const folder = join(import.meta.dirname, '../../../scenarios')
const shipped = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => resultOfText(readFileSync(join(folder, file), 'utf8')))

describe('the screen', () => {
  test('has its sections in their order', () => {
    const text = renderScreen(lkmlGated, plain)
    const begins = [
      'Oracle SGA of 300 GB',
      '\n\nOUT OF MEMORY: ',
      '\nGate fails: ',
      '\n1 other gate holds.\n\n',
      '\nas-described ',
      '\nSaved: ',
      '\n\nWHAT TO DO\n',
      '\n\nSwap cannot help: ',
      '\n1 more finding, 10 defaults, every table: --details. Each number: explain\n',
    ]
    const places = begins.map((words) => text.indexOf(words))
    expect(places).not.toContain(-1)
    expect(places).toEqual(places.toSorted((one, other) => one - other))
  })

  test('has one empty line at most, none at its end', () => {
    for (const result of [lkml, ...shipped]) {
      const text = renderScreen(result, plain)
      expect(text).toMatch(/[^\n]\n$/)
      expect(text).not.toContain('\n\n\n')
    }
  })

  test('has fewer lines to paste where it would be too long', () => {
    const gates = (count: number): Result['gates'] =>
      Array.from({ length: count }, () => nth(lkmlGated.gates, 0))
    const few = renderScreen({ ...lkml, gates: gates(6) }, plain)
    expect(few).toContain('use_large_pages = only')
    const many = renderScreen({ ...lkml, gates: gates(25) }, plain)
    expect(many).not.toContain('use_large_pages = only')
    expect(many).toContain('vm.nr_hugepages = 153600')
    expect(many).toContain('2 more lines, and pages of 1 GiB: --show advice')
    expect(many.trimEnd().split('\n').length).toBeLessThanOrEqual(48)
  })

  test('never fails for what was not found', () => {
    const strategies = lkml.strategies.map((each) =>
      each.applies ? { ...each, limits: [] } : each,
    )
    const bare = renderScreen({ ...lkml, strategies, advice: [], findings: [] }, plain)
    expect(bare).not.toMatch(/undefined|NaN|Infinity/)
    expect(renderScreen({ ...lkml, strategies: [] }, plain)).toContain('NOT PLANNED')
  })
})

describe('the room', () => {
  test('is 40 lines at 80 columns, 48 with several regions or gates', () => {
    expect(shipped.length).toBeGreaterThan(15)
    for (const result of [lkml, lkmlGated, randomCase(), ...shipped]) expectRoom(result)
  })

  test('is enough for any small scenario', () => {
    fc.assert(
      fc.property(anyServer(), (parts) => {
        const result = planned(parts)
        expectRoom(result)
        for (const width of [60, 97])
          expectWidth(renderScreen(result, { ...plain, width: width }), result, width)
      }),
      { numRuns: 15 },
    )
  })
})

keepsToThePaper(renderScreen, shipped)

/** The words of people, not of the program: no level's id, and short sentences. */
describe('a sentence of the screen', () => {
  test('has at most 25 words', () => {
    for (const result of shipped) {
      const text = renderScreen(result, plain)
      const verdictOf = text.slice(text.indexOf('\n\n'), text.indexOf('Page tables  '))
      const sentences = verdictOf.replaceAll(/\s+/g, ' ').split(/[.:;] /)
      expect(sentences.length).toBeGreaterThan(1)
      for (const sentence of sentences) {
        expect(sentence.trim().split(' ').length, sentence).toBeLessThanOrEqual(25)
      }
      expect(verdictOf).not.toMatch(/\boom\b|MSP\d/)
    }
  })
})

function expectRoom(result: Result): void {
  expectLines(renderScreen(result, plain), result)
}

function anyServer(): fc.Arbitrary<WorkloadParts> {
  const special = [
    oneRequest(),
    pooled(8000),
    pooled(9000),
    pooled(40_000),
    server(40, { host: { overcommit: { mode: 'never', ratio: 20 } } }),
    server(300, { group: { maps: [{ region: 'data', touched: random(5000) }] } }),
    server(1),
    { groups: { sessions: { processes: 3, private: gib } } },
  ]
  const made = fc
    .record({
      groups: fc.integer({ min: 1, max: 5 }),
      regions: fc.integer({ min: 1, max: 5 }),
      processes: fc.integer({ min: 1, max: 900 }),
      backing: fc.constantFrom('posix-shm', 'sysv-shm', 'memfd', 'file', 'anonymous-shared'),
      size: fc.integer({ min: 1, max: 40_000 }),
      memory: fc.constantFrom(64 * mib, 8 * gib, 64 * gib, 1024 * gib),
      swap: fc.constantFrom(0, 8 * gib),
      limit: fc.constantFrom(undefined, 4 * gib, 50 * gib),
      program: fc.constantFrom('oracle', 'postgresql', 'mysql', 'mariadb', 'java', 'other'),
      name: fc.constantFrom('a', 'a name with blanks', 'データ'.repeat(9), 'x'.repeat(70)),
    })
    .map(({ groups, regions, processes, backing, size, memory, swap, limit, program, name }) => {
      const named = (kind: string, index: number): string => `${name} ${kind} ${index}`
      const all = Array.from({ length: regions }, (_, index) => named('region', index))
      const cgroup = limit === undefined ? {} : { cgroup: name }
      const group = {
        ...cgroup,
        processes,
        private: mib,
        maps: all.map((region) => ({ region })),
      }
      return {
        host: { memory, swap, ...(limit === undefined ? {} : { cgroups: { [name]: limit } }) },
        regions: Object.fromEntries(
          all.map((region) => [region, { size: size * mib, backing, program }]),
        ),
        groups: Object.fromEntries(
          Array.from({ length: groups }, (_, index) => [named('group', index), group]),
        ),
      } as WorkloadParts
    })
  return fc.oneof(fc.constantFrom(...special), made)
}
