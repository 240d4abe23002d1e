import { describe, expect, it } from 'vitest'
import { answerTo } from '../../../scenarios/shipped.ts'

const rest = 'version: 1\nhost: { memory: 8 GiB }\ngroups: { c: { processes: 1 } }\n'
const set = ['--set', 'groups.c.processes=2']

async function saved(text: string, from: string, to: string) {
  const { written } = await answerTo([from, ...set, '-o', to], { [from]: text })
  return written[to]
}

describe('the address of the schema in a scenario that is saved', () => {
  it.each([
    ['./scenario.schema.json', 'a.yaml', 'b.yaml', './scenario.schema.json'],
    ['./scenario.schema.json', 'a.yaml', 'plans/b.yaml', '../scenario.schema.json'],
    ['../x.json', 'plans/a.yaml', 'b.yaml', './x.json'],
    ['x.json', 'plans/a.yaml', 'new/b.yaml', '../plans/x.json'],
    ['https://example.com/x.json', 'a.yaml', 'plans/b.yaml', 'https://example.com/x.json'],
    ['/etc/x.json', 'a.yaml', 'plans/b.yaml', '/etc/x.json'],
  ])('is %s in %s, so in %s it is %s', async (address, from, to, moved) => {
    const comment = `# yaml-language-server: $schema=${address}\n${rest}`
    const after = rest.replace('processes: 1', 'processes: 2')
    expect(await saved(comment, from, to)).toBe(
      `# yaml-language-server: $schema=${moved}\n${after}`,
    )
    const key = `$schema: ${address}\n${rest}`
    expect(await saved(key, from, to)).toBe(`$schema: ${moved}\n${after}`)
  })

  it('may be a key of JSON', async () => {
    const json = '{ "$schema": "./x.json", "version": 1, "host": { "memory": "8 GiB" },\n'
    const text = `${json}"groups": { "c": { "processes": 1 } } }\n`
    expect(await saved(text, 'a.json', 'plans/b.yaml')).toBe(
      text.replace('./x', '../x').replace('processes": 1', 'processes": 2'),
    )
  })
})

describe('a scenario that is saved', () => {
  it.each(['oracle-sga-300g', 'postgresql-400-backends', 'measured-at-random', 'multi-tenant'])(
    'plans as the scenario with the values of the command line: %s',
    async (name) => {
      const path = `scenarios/${name}.yaml`
      const sets = ['--set', 'host.memory=3 TB', '--set', 'host.swap=8 GB', '--max-risk', 'safe']
      const { written, status } = await answerTo([path, ...sets, '-o', 'b.yaml', '-o', 'a.json'])
      const { 'b.yaml': edited = '', 'a.json': planned = '' } = written
      const again = await answerTo(['b.yaml', '--format', 'json'], { 'b.yaml': edited })
      expect(again.stdout.replace('"b.yaml"', JSON.stringify(path))).toBe(planned)
      expect(again.status).toBe(status)
    },
  )

  it('is the only one: several are refused before any is planned', async () => {
    const files = { 'a.yaml': rest, 'b.yaml': 'wrong' }
    const answer = await answerTo(['a.yaml', 'b.yaml', '-o', 'c.yaml'], files)
    expect(answer).toMatchObject({ status: 2, stdout: '', written: {} })
    expect(answer.stderr).toBe(
      'mshare-plan: c.yaml holds one scenario, and 2 are named; name one, or write the results to a .json file\n',
    )
  })
})
