import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { main } from '../../../src/cli/main.ts'
import { nodeWorld } from '../../../src/cli/node-world.ts'
import { findingIds } from '../../../src/workload/finding-ids.ts'
import { fakeWorld } from '../fake-world.ts'

const page = readFileSync(
  join(import.meta.dirname, '../../../docs/findings/MSP012-huge-pages-today.md'),
  'utf8',
)

test('explain prints the page of a finding, whichever way its id is written', async () => {
  for (const id of ['MSP012', 'msp012']) {
    const { world, stdout } = fakeWorld({ files: { 'docs/findings/MSP012.md': page } })
    expect(await main(['explain', id], world)).toBe(0)
    expect(stdout()).toBe(page)
  }
})

test('a file of that name is a file, and an unknown id is said to be one', async () => {
  const file = fakeWorld({ files: { MSP012: 'version: 1\nhost: { memory: 1 GiB }\ngroups: {}\n' } })
  await main(['explain', 'MSP012'], file.world)
  expect(file.stdout()).not.toContain('# MSP012')
  const { world, stderr } = fakeWorld()
  expect(await main(['explain', 'MSP999'], world)).toBe(2)
  expect(stderr()).toContain('finding MSP999 is unknown')
})

test('every finding has a page where the program looks for it', () => {
  const { pageOf, kindOf } = nodeWorld()
  for (const id of Object.values(findingIds)) expect([id, kindOf(pageOf(id))]).toEqual([id, 'file'])
})
