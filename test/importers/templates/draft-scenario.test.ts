import { describe, expect, it } from 'vitest'
import { draftScenario, exampleFor } from '../../../src/importers/templates/draft-scenario.ts'
import { templateNames } from '../../../src/importers/templates/template.ts'
import { readScenario } from '../../../src/scenario/read-scenario.ts'
import { resolveScenario } from '../../../src/scenario/resolve/resolve-scenario.ts'
import { writeScenario } from '../../../src/scenario/write-scenario.ts'

const figures = { memory: '512GB', shared: '300GB', processes: 1500 }

function read(text: string) {
  const reading = readScenario(text, 'a.yaml')
  if (!reading.ok) throw new Error(JSON.stringify(reading.issues))
  return reading
}

describe.each(templateNames)('the template %s', (name) => {
  it('is a scenario that reads as it was made, with and without numbers', () => {
    for (const known of [{}, figures]) {
      const made = draftScenario(name, known)
      const resolved = resolveScenario(made.complete())
      expect(resolved).toMatchObject({ ok: true })
      expect(read(writeScenario(made))).toEqual({ ...resolved, file: 'a.yaml' })
    }
  })

  it('has a comment on each line with a value, in at most 80 columns', () => {
    const lines = writeScenario(draftScenario(name, {})).trimEnd().split('\n').slice(1)
    expect(lines.length).toBeGreaterThan(20)
    expect(lines.filter((line) => line.length > 80)).toEqual([])
    const values = lines.slice(0, lines.indexOf('assumed:')).filter((line) => /: [^#]/.test(line))
    expect(values.length).toBeGreaterThan(6)
    expect(values.filter((line) => !line.includes('# '))).toEqual([])
  })

  it('offers keys that can be used by removing the sign before them', () => {
    const text = writeScenario(draftScenario(name, figures))
    const offers = [...text.matchAll(/^( +)# (\w+: .*)$/gm)]
    const keys = offers.map(([, , line = '']) => line.replace(/:.*/, ''))
    expect(keys).toEqual(
      expect.arrayContaining(['swap', 'reserve', 'kernel', 'layout', 'hugepages', 'touched']),
    )
    for (const [line, indent, key] of offers) read(text.replace(line, `${indent}${key}`))
  })

  it('says of each number that is an example that it is one, and of no other', () => {
    const assumed = (known: object) =>
      read(writeScenario(draftScenario(name, known)))
        .assumptions.filter(({ stated }) => stated)
        .map(({ path }) => path.replace(/[.]\w+[.]/, '.*.'))
    const clients = ['mysql', 'threads'].includes(name) ? 'threads' : 'processes'
    expect(assumed({})).toEqual([
      'host.memory',
      'regions.*.size',
      `groups.*.${clients}`,
      'groups.*.private',
    ])
    expect(assumed({ ...figures, private: '5 MB' })).toEqual([])
    expect(read(writeScenario(draftScenario(name, {}))).name).toMatch(/ \(example\)$/)
    expect(read(writeScenario(draftScenario(name, figures))).name).not.toMatch(/example/)
  })
})

describe('a scenario from a template', () => {
  it('has one process with a thread for each client where the program is made so', () => {
    expect(draftScenario('mysql', figures).scenario.groups).toMatchObject({
      // 1500 threads of 8 MB.
      mysqld: { processes: 1, threads: 1500, private: '12000 MB' },
    })
    expect(draftScenario('oracle', figures).scenario.groups).toMatchObject({
      clients: { processes: 1500, private: '6 MB' },
    })
  })

  it('has the swap, the private memory, the touched part and the title that are given', () => {
    const more = { swap: '8gb', private: '9 MB', touched: '40%', title: 'a: b' }
    const { scenario } = draftScenario('blank', { ...figures, ...more })
    expect(scenario).toMatchObject({
      name: 'a: b',
      host: { memory: '512 GB', swap: '8 gb' },
      groups: { clients: { private: '9 MB', maps: [{ region: 'shared', touched: '40%' }] } },
    })
  })
})

describe('examples', () => {
  it.each([
    ['oracle', {}, { memory: '512 GB', shared: '307 GB', processes: 1500 }],
    ['postgresql', { memory: '256GB' }, { memory: '256 GB', shared: '64 GB', processes: 400 }],
    ['postgresql', { memory: '12 GB' }, { memory: '12 GB', shared: '3072 MB', processes: 400 }],
    ['mysql', { processes: 9 }, { memory: '128 GB', shared: '96 GB', processes: 9 }],
    ['pmem', {}, { memory: '1.5 TB', shared: '6 TB', processes: 10_000 }],
    ['blank', { memory: '1 MB' }, { memory: '1 MB', shared: '1 MB', processes: 100 }],
    ['blank', { memory: 'much' }, { memory: 'much', shared: '32 GB', processes: 100 }],
    [
      'blank',
      { memory: '1 GB', shared: '2GB' },
      { memory: '1 GB', shared: '2 GB', processes: 100 },
    ],
  ] as const)('of %s with %j are %j', (name, known, example) => {
    expect(exampleFor(name, known)).toEqual(example)
  })
})
