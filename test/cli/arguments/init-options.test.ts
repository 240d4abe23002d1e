import { describe, expect, it } from 'vitest'
import { initRequestOf, templateCalled } from '../../../src/cli/arguments/init-options.ts'

describe('what init is asked', () => {
  it('is a template, the numbers of a server, and whether to plan', () => {
    expect(initRequestOf([], {})).toEqual({ figures: {}, plans: false })
    const figures = {
      memory: '8GB',
      shared: '1GB',
      processes: 3,
      private: '1MB',
      swap: '0B',
      touched: '40%',
      title: 'a',
    }
    expect(initRequestOf(['mysql'], { ...figures, plan: true, output: ['a.yaml'] })).toEqual({
      template: 'mysql',
      figures,
      plans: true,
    })
  })

  it('is not the plan and the scenario on one standard output', () => {
    expect(() => initRequestOf([], { plan: true, output: ['a.yaml', '-'] })).toThrow(
      '--plan prints on standard output; write -o FILE instead of -o -',
    )
  })
})

it.each([
  ['postgres', 'did you mean postgresql?'],
  ['Oracle', 'did you mean oracle?'],
  ['', 'write oracle, postgresql, mysql, pmem, threads or blank'],
])('no template is called %j: %s', (word, hint) => {
  expect(() => templateCalled(word)).toThrow(`init has no template ${word}; ${hint}`)
})
