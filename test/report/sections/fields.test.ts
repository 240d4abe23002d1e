import { expect, it } from 'vitest'
import { changedScenario } from '../../../src/report/scenario/replan.ts'
import { fieldsOf, pageChoices } from '../../../src/report/sections/fields.ts'
import { reported, server } from '../entries.ts'

async function fields(region: string, changes: Parameters<typeof changedScenario>[1] = []) {
  const { entry } = await reported(server)
  const changed = changedScenario(entry, changes)
  if (!changed.ok) throw new Error('invalid')
  return {
    fields: fieldsOf(changed.data, changed.workload, { group: 'clients', mapping: 0, region }),
    choices: pageChoices(changed.workload.regions[0] ?? never(), changed.workload),
  }
}

function never(): never {
  throw new Error('no region')
}

it('has the values as the scenario writes them, and round ends for the sliders', async () => {
  const { fields: all } = await fields('buffers')
  expect(all.map(({ id, path, value, most, text }) => [id, path, value, most, text])).toEqual([
    ['processes', 'groups.clients.processes', 100, 400, '100'],
    ['touched', 'groups.clients.maps[0].touched', 50, 100, '50%'],
    ['size', 'regions.buffers.size', 64, 260, '64 GiB'],
    ['memory', 'host.memory', 128, 520, '128 GiB'],
  ])
})

it('asks for the pool where the region is on huge pages', async () => {
  const { fields: all } = await fields('buffers', [
    { path: 'regions.buffers.pageSize', value: '2 MiB' },
  ])
  expect(all.find(({ id }) => id === 'pool')).toMatchObject({
    path: 'host.hugepages["2 MiB"]',
    value: 0,
    most: 65536,
  })
})

it('offers the pages that the kind of memory has', async () => {
  const { choices } = await fields('buffers')
  expect(choices).toEqual([
    { text: '4 KiB, base pages', pageSize: '4 KiB', isNow: true },
    { text: '2 MiB, huge pages', pageSize: '2 MiB', isNow: false },
    { text: '1 GiB, huge pages', pageSize: '1 GiB', isNow: false },
  ])
})
