import { describe, expect, it } from 'vitest'
import { run } from './roomy.ts'

describe('explain', () => {
  it('shows numbers of one strategy whose path holds a text', async () => {
    const argv = ['explain', 'roomy.yaml', 'onceBytes', '--strategy', 'mshare', '-f', 'json']
    const { status, stdout } = await run(argv)
    expect(status).toBe(0)
    const { schema, scenarios } = JSON.parse(stdout)
    expect(schema).toBe('mshare-plan/explanations/1')
    const paths = scenarios[0].explanations.map(({ path }: { path: string }) => path)
    expect(paths).toEqual(['strategies.mshare.pageTables.onceBytes'])
  })

  it('fails if it shows no number', async () => {
    expect((await run(['explain', 'roomy.yaml', 'nonsense'])).status).toBe(2)
    const { status, stderr } = await run(['explain', 'roomy.yaml', '--strategy', 'mshar'])
    expect(status).toBe(2)
    expect(stderr).toContain('did you mean mshare?')
  })

  it.each([
    ['safe from', 0, ''],
    ['hedroom', 2, '; did you mean headroom?'],
    ['lin faults', 2, "; did you mean 'link faults'?"],
    ['expected', 2, '; for its meaning: mshare-plan explain expected'],
    ['msp010', 2, '; for the finding: mshare-plan explain MSP010'],
  ])('of a word that is in no path says where it is explained: %s', async (word, status, hint) => {
    const ended = await run(['explain', 'roomy.yaml', word])
    expect(ended.status).toBe(status)
    const told = status === 0 ? '' : `mshare-plan: no number has ${word} in its path${hint}\n`
    expect(ended.stderr).toBe(told)
  })

  it('shows the numbers of each case by its name, and of one strategy those of its cases too', async () => {
    const argv = ['explain', 'roomy.yaml', 'onceBytes', '--strategy', 'threads', '-f', 'json']
    const cases = 'cases={ failover: { groups.clients.processes: x2 } }'
    const { status, stdout } = await run([...argv, '--set', cases])
    expect(status).toBe(0)
    const [{ explanations }] = JSON.parse(stdout).scenarios
    expect(explanations.map(({ path }: { path: string }) => path)).toEqual([
      'strategies.threads.pageTables.onceBytes',
      'cases.failover.strategies.threads.pageTables.onceBytes',
    ])
  })

  it.each([
    [
      'gates',
      'gates={ risk: tight, strategy: hugetlb-512m }',
      'mshare-plan: explain has no number of gates; run mshare-plan check\n',
    ],
    [
      'timeline',
      'timeline=[{ start: { clients: 3 } }]',
      'mshare-plan: explain has no number of timeline; run mshare-plan timeline\n',
    ],
  ])('names the command that shows what has no number here: %s', async (word, set, told) => {
    const { status, stderr } = await run(['explain', 'roomy.yaml', word, '--set', set])
    expect({ status, stderr }).toEqual({ status: 2, stderr: told })
  })

  it('shows what ranges come to, by the samples that plan takes', async () => {
    const clients = 'groups.clients.processes={ p50: 1000, p95: 9000 }'
    const own = 'groups.clients.private={ p50: 8 MiB, p95: 80 MiB }'
    const sampled = ['--set', clients, '--set', own, '--samples', '32', '--seed', '4', '-f', 'json']
    const planned = await run(['plan', 'roomy.yaml', ...sampled])
    const [one] = JSON.parse(planned.stdout).ranges.chances.strategies
    const { stdout } = await run(['explain', 'roomy.yaml', ...sampled, 'ranges', 'margin'])
    const [{ explanations }] = JSON.parse(stdout).scenarios
    const path = `ranges.chances.strategies.${one.id}.headroom.p5.bytes`
    expect(explanations).toContainEqual(
      expect.objectContaining({ path, value: one.headroom.p5.bytes }),
    )
  })
})
