import { expect, it } from 'vitest'
import { answerTo } from '../scenarios/shipped.ts'

const file = 'scenarios/oracle-sga-300g.yaml'
const words = ['explain', file, '--address', '0x400000001234']

it('shows the entry, the table and its counters at each level', async () => {
  const { stdout, status } = await answerTo(words, {}, { env: { LANG: 'C.UTF-8' } })
  expect(status).toBe(0)
  expect(stdout).toMatch(/^pgd +128 of 512 +0x0 +yes +its own +PageTables$/m)
  expect(stdout).toMatch(/^pte +1 of 512 +0x400000000000 +yes +its own +VmPTE, PageTables$/m)
  expect(stdout).toContain('The plan placed the mapping (assumed)')
  expect(stdout).toContain('Leaf: the pte entry maps a base page of 4 KiB from 0x400000001000.')
})

it('says that mshare is proposed, and whose the tables are', async () => {
  const { stdout } = await answerTo([...words, '--strategy', 'mshare'])
  expect(stdout).toMatch(/of the region \(mshare, .*\n +proposed\): 1,500 of/)
  expect(stdout).toContain('mshare is proposed: in no released kernel.')
})
