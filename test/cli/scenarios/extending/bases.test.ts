import { describe, expect, it } from 'vitest'
import { answerTo } from '../../../scenarios/shipped.ts'

const whole =
  'version: 1\nhost: { memory: 8 GiB }\ngroups: { c: { processes: 1, private: 1 GiB } }\n'
const files = {
  'hosts/base.yaml': whole,
  'a.yaml': 'extends: hosts/base.yaml\ngroups: { c: { processes: 2 } }\n',
  'flat.yaml': whole.replace('processes: 1', 'processes: 2'),
}

async function planned(...words: readonly string[]) {
  const { stdout, status } = await answerTo([...words, '--format', 'json'], files)
  expect(status).toBe(0)
  return JSON.parse(stdout)
}

describe('a scenario that extends another', () => {
  it.each(['plan', 'limits'])(
    'comes to the same as the one that is written whole: %s',
    async (command) => {
      const from = (text: string) =>
        JSON.parse(JSON.stringify(text).replaceAll('flat.yaml', 'a.yaml').replaceAll('flat', 'a'))
      const [merged, flat] = [await planned(command, 'a.yaml'), await planned(command, 'flat.yaml')]
      expect(merged).toEqual(from(flat))
    },
  )

  it('is swept, compared and put into a report as a whole', async () => {
    const vary = ['--vary', 'groups.c.private=1GiB,2GiB']
    expect((await planned('sweep', 'a.yaml', ...vary)).points).toEqual(
      (await planned('sweep', 'flat.yaml', ...vary)).points,
    )
    const same = await planned('diff', 'a.yaml', 'flat.yaml')
    expect(same.inputs ?? same.changes).toEqual([])
    const report = await answerTo(['report', 'a.yaml'], files)
    expect(report.stdout).toContain('"processes":2,"private":"1 GiB"')
  })

  it('puts a range in place of one of the base, of either kind', async () => {
    const range = (text: string) => whole.replace('processes: 1', `processes: ${text}`)
    const kinds = ['{ from: 100, to: 300 }', '{ p50: 100, p95: 300 }', '200']
    for (const base of kinds) {
      for (const own of kinds) {
        const answers = await Promise.all(
          [
            { 'a.yaml': `extends: b.yaml\ngroups: { c: { processes: ${own} } }\n` },
            { 'a.yaml': range(own) },
          ].map((one) =>
            answerTo(['a.yaml', '--format', 'json'], { 'b.yaml': range(base), ...one }),
          ),
        )
        const [merged, flat] = answers.map(({ stdout }) => JSON.parse(stdout))
        expect(merged.strategies).toEqual(flat.strategies)
        expect(merged.ranges).toEqual(flat.ranges)
      }
    }
  })

  it('is saved whole, and plans the same wherever it is', async () => {
    const { written } = await answerTo(['a.yaml', '-o', 'plans/whole.yaml'], files)
    const text = written['plans/whole.yaml'] ?? ''
    expect(text).toMatch(/^# Made of a.yaml, which extends hosts[/]base.yaml.\nversion: 1\n/)
    const moved = await answerTo(['x/y.yaml', '--format', 'json'], { 'x/y.yaml': text })
    const { strategies } = JSON.parse(moved.stdout)
    expect(strategies).toEqual((await planned('flat.yaml')).strategies)
  })

  it('may be in a stream, each line on a base', async () => {
    const line = (processes: number) =>
      JSON.stringify({ extends: './hosts/base.yaml', groups: { c: { processes } } })
    const lines = { ...files, 'many.ndjson': `${line(3)}\n${line(4)}\n` }
    const { stdout } = await answerTo(['many.ndjson', '--format', 'json'], lines)
    const processes = JSON.parse(stdout).results.map(
      ({ strategies }: { strategies: { groups: { processes: number }[] }[] }) =>
        strategies[0]?.groups[0]?.processes,
    )
    expect(processes).toEqual([4, 3])
  })

  it('may be twenty on each other, and no more', async () => {
    const chain = (length: number) =>
      Object.fromEntries(
        Array.from({ length }, (_, n) => [
          `n${n}.yaml`,
          n === length - 1 ? whole : `extends: n${n + 1}.yaml\n`,
        ]),
      )
    expect((await answerTo(['check', 'n0.yaml'], chain(21))).status).toBe(0)
    const longer = await answerTo(['check', 'n0.yaml'], chain(22))
    expect(longer.status).toBe(2)
    expect(longer.stderr).toContain(
      'n20.yaml:1:10: more than 20 scenarios, each of which extends the next',
    )
  })

  it('is refused on a saved result and on a file that is not UTF-8, at the place', async () => {
    const saved = (await answerTo(['flat.yaml', '--format', 'json'], files)).stdout
    const on = (text: string) =>
      answerTo(['b.yaml'], { 'b.yaml': 'extends: saved.json\n', 'saved.json': text })
    expect((await on(saved)).stderr).toContain(
      'b.yaml:1:10: saved.json is a saved result, not a scenario',
    )
    expect((await on('[1, 2]')).stderr).toContain('saved.json:1:1: ')
  })
})
