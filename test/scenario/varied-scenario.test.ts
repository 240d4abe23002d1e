import { expect, it } from 'vitest'
import { variedScenario } from '../../src/scenario/varied-scenario.ts'

const text = `
version: 1
host: { memory: 64 GiB }
regions: { pool: { size: 1 GiB, backing: posix-shm } }
groups: { clients: { processes: 10, maps: [{ region: pool }] } }
`
const paths = ['groups.clients.processes', 'regions.pool.size']

function varied() {
  const reading = variedScenario(
    text,
    'pool.yaml',
    [{ path: 'name', value: 'set' }],
    paths,
    '--vary',
  )
  if (!reading.ok) throw new Error('it can be read')
  return reading
}

it('reads the scenario with each pair of values, after those of --set', () => {
  const { at, base } = varied()
  expect(at(['20', '2 GiB'])).toMatchObject({
    ok: true,
    name: 'set',
    workload: { groups: [{ processes: 20 }], regions: [{ size: 2 ** 31 }] },
  })
  expect(base()).toMatchObject({ workload: { groups: [{ processes: 10 }] } })
})

it('places what is wrong with a value at the option, path and value as they were typed', () => {
  const { at, flawsOf } = varied()
  expect(flawsOf('groups.client.processes', '5')).toMatchObject([
    { file: '--vary', column: 8, sourceLine: 'groups.client.processes=5' },
  ])
  expect(flawsOf('regions.pool.backing', 'posix')).toMatchObject([
    { file: '--vary', message: 'unknown backing `posix`' },
  ])
  expect(flawsOf('regions.pool.backing', 'memfd')).toEqual([])
  // Right by itself, wrong with the rest: no mistake of the command line.
  expect(flawsOf('regions.pool.pageSize', '2 MiB')).toEqual([])
  expect(at(['10', 'much'])).toMatchObject({ ok: false, issues: [{ file: '--vary' }] })
})

it('says what is wrong with the text, and with what --set puts into it', () => {
  expect(variedScenario('a: [', 'broken.yaml', [], paths, '--vary')).toMatchObject({ ok: false })
  const unknown = [{ path: 'groups.client.processes', value: '1' }]
  expect(variedScenario(text, 'pool.yaml', unknown, paths, '--vary')).toMatchObject({
    ok: false,
    issues: [{ file: '--set' }],
  })
})
