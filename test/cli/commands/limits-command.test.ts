import { describe, expect, it } from 'vitest'
import { run } from './roomy.ts'

describe('limits FILE TEXT', () => {
  const limitsWith = async (...texts: readonly string[]) => {
    const ran = await run([
      ...['limits', 'roomy.yaml', ...texts],
      ...['--strategy', 'base-pages', '--format', 'json'],
    ])
    const { strategies = [] } = ran.stdout === '' ? {} : JSON.parse(ran.stdout)
    const [first] = strategies as readonly { limits: readonly Record<string, string>[] }[]
    return {
      ...ran,
      found: first?.limits.map(({ metric, group, region }) => group ?? region ?? metric),
    }
  }

  it('finds the limits that have the text in their metric, their group or their region', async () => {
    expect((await limitsWith()).found).toEqual(['clients', 'pool', 'memory'])
    expect((await limitsWith('memory')).found).toEqual(['memory'])
    expect((await limitsWith('client')).found).toEqual(['clients'])
    expect((await limitsWith('region')).found).toEqual(['pool'])
    expect((await limitsWith('processes', 'memory')).found).toEqual(['clients', 'memory'])
  })

  it('refuses a text that no limit has, and reads a name like a file as a file', async () => {
    const none = await limitsWith('pages')
    expect(none.status).toBe(2)
    expect(none.stderr).toContain('no limit has pages in its metric, group or region')
    const grows = await limitsWith('growth')
    expect(grows.status).toBe(2)
    expect(grows.stderr).toContain('the scenario has no `growth`, such as `growth: { from: 20')
    const file = await limitsWith('none.yaml')
    expect(file.stderr).toContain('cannot read none.yaml')
  })
})

describe('limits --no-chart', () => {
  const limits = async (...more: readonly string[]) =>
    (await run(['limits', 'roomy.yaml', 'memory', '--strategy', 'base-pages', ...more])).stdout

  it('leaves out the pictures, and the figures that they are drawn from', async () => {
    expect(await limits()).toContain('Memory in use')
    expect(await limits('--no-chart')).not.toContain('Memory in use')
    expect(JSON.parse(await limits('--format', 'json'))).toMatchObject({
      charts: [{ metric: 'memory', curves: [{ strategy: 'base-pages' }] }],
    })
    expect(JSON.parse(await limits('--format', 'json', '--no-chart'))).not.toHaveProperty('charts')
  })

  it('has no meaning for other commands', async () => {
    const ran = await run(['plan', 'roomy.yaml', '--no-chart'])
    expect(ran.status).toBe(2)
    expect(ran.stderr).toContain('--no-chart does not apply to plan, only to limits')
  })
})
