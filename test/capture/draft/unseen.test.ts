import { describe, expect, it } from 'vitest'
import { main } from '../../../src/cli/main.ts'
import { fakeWorld } from '../../cli/fake-world.ts'
import { machineFiles, processFiles, smapsOf } from '../reading.ts'

type Files = Readonly<Record<string, string>>

async function planned(files: Files): Promise<{ text: string; table: string; kinds: string[] }> {
  const rooted = Object.entries({ ...machineFiles, ...files }).map(([path, text]) => [
    `t/${path}`,
    text,
  ])
  const first = fakeWorld({ files: Object.fromEntries(rooted) })
  expect(await main(['capture', '--root', 't'], first.world)).toBe(0)
  const text = first.stdout()
  const second = fakeWorld({ files: { 'c.yaml': text } })
  expect(await main(['c.yaml'], second.world)).toBe(0)
  const third = fakeWorld({ files: { 'c.yaml': text } })
  await main(['c.yaml', '-f', 'json'], third.world)
  const { findings } = JSON.parse(third.stdout())
  return { text, table: second.stdout(), kinds: findings.map((one: { kind: string }) => one.kind) }
}

const smaps = smapsOf('500000000000-500000001000 r-xp 00000000 fe:00 9   /usr/bin/server')

describe('a capture without the right to read mappings', () => {
  it('carries that in the scenario, and its plan does not say that there is nothing to share', async () => {
    const { text, table, kinds } = await planned({
      ...processFiles({ pid: 10 }),
      ...processFiles({ pid: 11 }),
    })
    expect(text).toContain('  withoutMappings: 2')
    expect(kinds).toContain('mappings-unread')
    expect(kinds).not.toContain('nothing-to-gain')
    expect(table).not.toContain('there are no regions')
    expect(table.replace(/\s+/g, ' ')).toContain(
      'hugetlb-2m not judged: mappings could not be read',
    )
  })

  it('says of how many processes that is, where others could be read', async () => {
    const { text, kinds } = await planned({
      ...processFiles({ pid: 10 }),
      ...processFiles({ pid: 11, smaps }),
    })
    expect(text).toContain('  withoutMappings: 1')
    expect(kinds).toContain('mappings-unread')
  })

  it('says nothing of it where all could be read', async () => {
    const { text, kinds } = await planned(processFiles({ pid: 10, smaps }))
    expect(text).not.toContain('withoutMappings')
    expect(kinds).not.toContain('mappings-unread')
  })
})
