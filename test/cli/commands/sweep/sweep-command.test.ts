import { describe, expect, it } from 'vitest'
import type { SweepResult } from '../../../../src/plan/result/what-if/sweep-result.ts'
import { answerTo } from '../../../scenarios/shipped.ts'
import { run } from '../roomy.ts'

const clients = 'groups.clients.processes'
const sweep = (...more: readonly string[]) => run(['sweep', 'roomy.yaml', ...more])

describe('sweep', () => {
  it('writes CSV with a header, whole bytes, and a reason where there is no plan', async () => {
    const { status, stdout } = await sweep(
      ...['--vary', 'regions.pool.pageSize=4KiB,2MiB', '--metric', 'vmas', '-f', 'csv'],
    )
    expect(status).toBe(0)
    expect(stdout.split('\r\n')).toEqual([
      'regions.pool.pageSize [bytes],vmas,risk,refusal',
      '4096,100,safe,',
      '2097152,,,regions.pool.pageSize: posix-shm has no pages of 2 MiB',
      '',
    ])
  })

  it('writes each point on a line of NDJSON, with the changes since the point before', async () => {
    const { stdout } = await sweep('--vary', `${clients}=1000..20000:x20`, '-f', 'ndjson')
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines).toMatchObject([
      { schema: 'mshare-plan/sweep-point/1', at: { [clients]: 1000 }, risk: 'safe' },
      { at: { [clients]: 20_000 }, risk: 'oom', changes: [{ exact: true }, { exact: true }] },
    ])
  })

  it('has the same points in JSON, and all of them', async () => {
    const { stdout } = await sweep('--vary', `${clients}=1..3000:1`, '-f', 'json')
    const { points, axes, scenario } = JSON.parse(stdout) as SweepResult
    expect(axes).toEqual([{ path: clients, unit: 'count', length: 3000 }])
    expect(points.map(({ at }) => at[0])).toEqual(Array.from({ length: 3000 }, (_, i) => i + 1))
    const planned = await run(['plan', 'roomy.yaml', '-f', 'json'])
    expect(scenario).toEqual(JSON.parse(planned.stdout).scenario)
  })

  it('shows some of many points, and says so', async () => {
    const { stdout } = await sweep('--vary', `${clients}=1..3000:1`, '--no-chart')
    expect(stdout).toContain('of 3,000 points are shown')
    expect(stdout.split('\n').length).toBeLessThan(40)
    expect(stdout).toMatch(/^ +1 {2}.*safe$/m)
    expect(stdout).toMatch(/^ +3,000 {2}/m)
  })

  it('says that a number is of mshare, which is in no released kernel', async () => {
    const { stdout } = await sweep('--vary', `${clients}=1,2`, '--strategy', 'mshare')
    expect(stdout).toContain('mshare is proposed: in no released kernel.')
  })

  it.each([
    [['--metric', 'pageTables.byte', '--vary', `${clients}=1,2`], 'did you mean pageTables.bytes?'],
    [['--metric', 'pageTables', '--vary', `${clients}=1,2`], 'it holds pageTables.bytes'],
    [['--metric', 'a..b', '--vary', `${clients}=1,2`], 'no number or word of the result'],
    [['--strategy', 'hugetbl-2m', '--vary', `${clients}=1,2`], 'did you mean hugetlb-2m?'],
    [['--vary', 'groups.client.processes=1,2'], 'did you mean `groups.clients.processes`?'],
    [['--vary', 'host.memroy=1GB,2GB'], 'did you mean `memory`?'],
    [['--vary', 'regions.pool.backing=memfd,posix'], 'did you mean `posix-shm`?'],
    [['--vary', `${clients}=1..9`], 'the range has no step'],
    [
      ['--vary', `${clients}=1..9000:1`, '--vary', 'host.memory=1MB..2GB:1MB'],
      'more than 10 million',
    ],
    [['--vary', `${clients}=1`, '--vary', `${clients}=2`], 'given twice'],
    [[], 'sweep requires --vary PATH=VALUES'],
    [['--vary', 'groups'], 'write PATH=VALUES'],
    [['--vary', 'a=1', '--vary', 'b=1', '--vary', 'c=1'], 'remove the third --vary'],
  ])('refuses %j: %s', async (words, message) => {
    const { status, stdout, stderr } = await sweep(...words)
    expect(stderr).toContain(message)
    expect([status, stdout]).toEqual([2, ''])
  })

  it('has the same points with growth and cases, which it does not look at unless they are asked for', async () => {
    const plain = `version: 1
host: { memory: 64 GiB }
regions: { pool: { size: 8 GiB } }
groups: { g: { processes: 100, maps: [{ region: pool }] } }
`
    const whatIf = `growth: { from: 2026-12-01, groups.g.processes: +40 per month }
cases: { twice: { groups.g.processes: x2 } }
`
    const points = async (text: string, ...metric: readonly string[]) => {
      const words = ['sweep', 's.yaml', '--vary', 'groups.g.processes=1..2001:1000', ...metric]
      const answer = await answerTo([...words, '-f', 'json'], { 's.yaml': text })
      return answer.status === 0 ? JSON.parse(answer.stdout).points : answer
    }
    const savings = ['--metric', 'savings.bytes', '--metric', 'pageTables.bytes']
    expect(await points(plain + whatIf, ...savings)).toEqual(await points(plain, ...savings))
    const asked = await points(plain + whatIf, '--metric', 'growth.strategies.as-described.now')
    expect(asked.map(({ values }: { values: unknown }) => values)).toEqual([
      ['safe'],
      ['safe'],
      ['safe'],
    ])
    expect(await points(plain + whatIf.replace('processes: +40', 'processs: +40'))).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('processs'),
    })
  })
})
