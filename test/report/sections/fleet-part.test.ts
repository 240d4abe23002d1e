import { expect, it } from 'vitest'
import { htmlText } from '../../../src/report/markup/html-text.ts'
import { fleetLine, fleetPart } from '../../../src/report/sections/fleet-part.ts'
import { resultOf } from '../../scenarios/shipped.ts'

it('links each scenario to its report, with numbers to sort by', async () => {
  const lines = [
    fleetLine(await resultOf('oracle-sga-300g')),
    fleetLine(await resultOf('multi-tenant')),
  ]
  const text = fleetPart(lines).map(htmlText).join('')
  expect(text).toContain('<h1>2 scenarios, worst first</h1><p>2 oom.</p>')
  expect(text).toContain('<a href="#scenario-2">scenarios/multi-tenant.yaml</a>')
  expect(text).toContain(`data-number="${lines[0]?.numbers[1]}">880.9 GiB</td>`)
  expect(text).toContain('† in a cgroup.')
})

it('has the verdict of each scenario for paper, where no link opens it', async () => {
  const text = fleetPart([fleetLine(await resultOf('oracle-sga-300g'))])
    .map(htmlText)
    .join('')
  expect(text).toContain(
    '<dt>scenarios/oracle-sga-300g.yaml</dt><dd>OUT OF MEMORY: 677.8 GiB short. Page tables need 880.9 GiB',
  )
})
