import { expect, it } from 'vitest'
import { headline } from '../../../src/render/sections/headline.ts'
import { lkml } from '../lkml-result.ts'

const plain = { color: false, unicode: true, width: 1000 }

it('names the scenario and the machine before the answer', () => {
  const [name, file, machine, blank, answer] = headline(lkml, plain)
  expect([name, file, blank]).toEqual([lkml.scenario.name, lkml.scenario.file, ''])
  expect(machine).toContain('512.0 GiB of memory, no swap')
  expect(answer).toMatch(/^As described, page tables take 880\.9 GiB of a 512\.0 GiB server/)
})

it('says which kernel the scenario names if it is newer than the newest known', () => {
  const assumption = { path: 'host.kernel', value: '7.0', source: '', laterKernel: '9.9' }
  const [, , machine] = headline({ ...lkml, assumptions: [assumption] }, plain)
  expect(machine).toContain('(planned as; scenario says 9.9)')
})

it('says that no strategy can be planned', () => {
  expect(headline({ ...lkml, strategies: [] }, plain).join('\n')).toContain(
    'None of the strategies asked for can be planned; see below.',
  )
})
