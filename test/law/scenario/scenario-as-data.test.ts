import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { AnnotatedScenario } from '../../../src/scenario/annotated-scenario.ts'
import { readScenario } from '../../../src/scenario/read-scenario.ts'
import type { Resolution } from '../../../src/scenario/resolve/resolve-scenario.ts'
import { resolveScenario } from '../../../src/scenario/resolve/resolve-scenario.ts'
import type {
  GroupText,
  RegionText,
  ScenarioText,
} from '../../../src/scenario/schema/scenario-text.ts'
import { writeScenario } from '../../../src/scenario/write-scenario.ts'
import { pathText } from '../../../src/units/path.ts'

const folder = new URL('../../../scenarios/', import.meta.url)
const shipped = readdirSync(folder).filter((name) => name.endsWith('.yaml'))

/** A release without quotes is a number to YAML. */
const quoteKernel = (key: unknown, value: unknown) => (key === 'kernel' ? String(value) : value)

/** What both doors say: a workload with its assumptions, or complaints in no order. */
function asData(scenario: ScenarioText, purpose: 'plan' | 'verify' = 'plan') {
  return told(resolveScenario(scenario, purpose))
}

function told(resolution: Resolution) {
  if (resolution.ok) return resolution
  return resolution.complaints
    .map(({ path, message }) => `${pathText(path)}: ${message}`)
    .toSorted()
}

function asText(text: string, purpose: 'plan' | 'verify' = 'plan') {
  const reading = readScenario(text, 'drawn.yaml', [], purpose)
  if (reading.ok) {
    const { file: _, ...rest } = reading
    return rest
  }
  return reading.issues.map(({ path, message }) => `${path ?? ''}: ${message}`).toSorted()
}

describe('a scenario handed over as data', () => {
  test('the shipped scenarios are there', () => {
    expect(shipped.length).toBeGreaterThan(10)
  })

  test.each(shipped)('%s is resolved as its YAML is read', (name) => {
    const text = readFileSync(new URL(name, folder), 'utf8')
    const resolved = asData(parse(text, quoteKernel) as ScenarioText)
    expect(resolved).toMatchObject({ ok: true })
    expect(resolved).toEqual(asText(text))
  })

  test('whatever its names, sizes and mistakes are', () => {
    let [right, wrong] = [0, 0]
    const both = (scenario: ScenarioText, purpose: 'plan' | 'verify') => {
      const resolved = asData(scenario, purpose)
      if (Array.isArray(resolved)) wrong += 1
      else right += 1
      const text = writeScenario(new AnnotatedScenario(scenario))
      expect(resolved).toEqual(asText(text, purpose))
    }
    fc.assert(fc.property(anyScenario, fc.constantFrom('plan', 'verify'), both), { numRuns: 400 })
    // About one in ten is right: with fewer cases there might be none.
    expect(Math.min(right, wrong)).toBeGreaterThan(10)
  })

  test('keeps the order of names, also of those that are numbers', () => {
    const anyNames = fc.uniqueArray(fc.oneof(anyName, fc.nat({ max: 99 }).map(String)), {
      minLength: 1,
    })
    fc.assert(
      fc.property(anyNames, (names) => {
        const groups = names.map((name) => `${JSON.stringify(name)}: { processes: 1 }`)
        const reading = readScenario(
          `version: 1\nhost: { memory: 1 GiB }\ngroups: { ${groups.join(', ')} }\n`,
          'names.yaml',
        )
        expect(reading.ok && reading.workload.groups.map(({ name }) => name)).toEqual(names)
      }),
    )
  })
})

const anyName = fc.constantFrom('a', '10', '9', '__proto__', '<<')
const anySize = seldom(fc.constantFrom('1 GiB', '64 MiB', '2 MiB'), '5000 B', '0 B', '1 XB')

function seldom<T>(usual: fc.Arbitrary<T>, ...others: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof(
    { weight: 20, arbitrary: usual },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  )
}

const anyRegion: fc.Arbitrary<RegionText> = fc.record(
  {
    size: anySize,
    backing: fc.constantFrom('posix-shm', 'hugetlbfs', 'anonymous', 'dax'),
    thp: fc.boolean(),
    resident: fc.oneof(
      anySize,
      anySize.map((atLeast) => ({ atLeast })),
    ),
    mshare: fc.oneof(fc.boolean(), fc.record({ owner: anyName, mode: fc.constant('0640') })),
  },
  { requiredKeys: ['size'] },
)

const anyTouched = fc.oneof(
  seldom(fc.constantFrom('all', 'none', '40%'), '900%'),
  anySize.map((first) => ({ first })),
  fc.record({ random: anySize, in: anySize }),
  fc.record({
    zipf: fc.record(
      {
        exponent: seldom(fc.constantFrom(0, 1, 1.1), -1),
        accesses: fc.constantFrom(1, 1e7),
        order: fc.constantFrom('in-order', 'scattered'),
      },
      { requiredKeys: ['exponent', 'accesses'] },
    ),
  }),
  fc.constant({ pages: '0,5,7-9' }),
  fc
    .array(fc.record({ offset: anySize, length: anySize }), { maxLength: 2 })
    .map((ranges) => ({ ranges })),
)

const anyGroup: fc.Arbitrary<GroupText> = fc.record(
  {
    processes: seldom(fc.constantFrom(0, 1, 7), 1.5),
    private: anySize,
    copies: fc.constantFrom(1, 2),
    maps: fc.array(
      fc.record({ region: anyName, touched: anyTouched }, { requiredKeys: ['region'] }),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: ['processes'] },
)

const anyScenario: fc.Arbitrary<ScenarioText> = fc.record(
  {
    version: fc.constant(1),
    name: fc.constantFrom('drawn', '5', 'null'),
    host: fc.record(
      { memory: fc.constantFrom('64 GiB', '1 TiB'), kernel: fc.constantFrom('6.10', '99.1') },
      { requiredKeys: ['memory'] },
    ),
    regions: fc.dictionary(anyName, anyRegion, { maxKeys: 5, noNullPrototype: true }),
    groups: fc.dictionary(anyName, anyGroup, { maxKeys: 3, noNullPrototype: true }),
    measured: fc.record({
      groups: fc.dictionary(anyName, fc.constant({ processes: 2, vmPte: '1 MiB' }), {
        maxKeys: 1,
        noNullPrototype: true,
      }),
      sources: fc.constantFrom({ 'host.memory': 'meminfo' }, { 'groups.a': 'smaps' }),
    }),
    assumed: seldom<Readonly<Record<string, string>>>(fc.constant({ 'host.memory': 'a guess' }), {
      'groups.a.processes': 'a guess',
    }),
  },
  { requiredKeys: ['version', 'name', 'host', 'groups'] },
)
