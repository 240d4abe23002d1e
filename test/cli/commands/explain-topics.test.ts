import { describe, expect, it } from 'vitest'
import { main } from '../../../src/cli/main.ts'
import { findingIds } from '../../../src/workload/finding-ids.ts'
import { fakeWorld } from '../fake-world.ts'
import { documents } from '../shipped-documents.ts'

async function explained(...argv: readonly string[]) {
  const { world, stdout, stderr } = fakeWorld({ files: documents })
  const status = await main(['explain', ...argv], world)
  return { status, stdout: stdout(), stderr: stderr() }
}

async function inJson(...argv: readonly string[]) {
  const { stdout } = await explained(...argv, '--format', 'json')
  return JSON.parse(stdout)
}

describe('explain', () => {
  it('lists terms and findings where nothing is asked', async () => {
    const { status, stdout } = await explained()
    expect(status).toBe(0)
    expect(stdout).toContain('\nTERMS\n')
    for (const id of Object.values(findingIds)) expect(stdout).toContain(`\n${id}  `)
  })

  it('lists them as data: every term whole, every finding with its title', async () => {
    const { schema, terms, findings } = await inJson()
    expect(schema).toBe('mshare-plan/terms/1')
    expect(terms.length).toBeGreaterThan(90)
    expect(terms[0]).toMatchObject({ name: 'safe', page: 'docs/guide/reading-the-screen.md' })
    expect(findings).toHaveLength(Object.keys(findingIds).length)
    expect(findings[0]).toEqual({ id: 'MSP001', title: 'mshare costs more than it saves' })
  })

  it('explains terms and findings in the order of the command line', async () => {
    const { status, stdout } = await explained('headroom', 'MSP012', 'pmd')
    expect(status).toBe(0)
    const starts = ['headroom\n', '# MSP012: ', 'pmd\n'].map((text) => stdout.indexOf(text))
    expect(starts).toEqual(starts.toSorted((a, b) => a - b))
    expect(starts[0]).toBe(0)
  })

  it('explains them as data: pages alone in their own schema', async () => {
    const both = await inJson('headroom', 'MSP012')
    expect(both.schema).toBe('mshare-plan/terms/1')
    expect(both.terms).toMatchObject([{ name: 'headroom', formula: 'capacity − demand' }])
    expect(both.findings[0].page).toMatch(/^# MSP012: /)
    const pages = await inJson('MSP012')
    expect(pages.schema).toBe('mshare-plan/finding-pages/1')
    expect(Object.keys(pages.pages[0])).toEqual(['id', 'page'])
  })

  it('fails for an unknown word', async () => {
    const { status, stdout, stderr } = await explained('headrom')
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain('did you mean headroom?')
  })

  it.each([
    ['--strategy', 'mshare'],
    ['--set', 'host.memory=1 GiB'],
    ['--numa-nodes', '2'],
  ])('needs a scenario for %s', async (option, value) => {
    const { status, stderr } = await explained('headroom', option, value)
    expect(status).toBe(2)
    expect(stderr).toBe(`mshare-plan: ${option} requires a scenario; name a file\n`)
  })
})
