import { describe, expect, test } from 'vitest'
import { heading } from '../../../src/render/screen/heading.ts'
import { displayWidth } from '../../../src/render/text/width.ts'
import { gib, planned } from '../../build.ts'
import { lkml } from '../lkml-result.ts'
import { plain, server } from './servers.ts'

const inFile = (file: string) => ({ ...lkml, scenario: { ...lkml.scenario, file } })

describe('the heading', () => {
  test('is the name, then host and file', () => {
    expect(heading(inFile('oracle-sga-300g.yaml'), plain)).toEqual([
      'Oracle SGA of 300 GB, 1500 dedicated connections',
      '512 GiB of memory, no swap · x86-64 · Linux 6.18 · oracle-sga-300g.yaml',
    ])
  })

  test('has commas in ASCII, where a dot would be the mark for in part', () => {
    expect(heading(inFile('oracle.yaml'), { ...plain, unicode: false })[1]).toBe(
      '512 GiB of memory, no swap, x86-64, Linux 6.18, oracle.yaml',
    )
  })

  test('cuts the path of the file on the left, never its name', () => {
    const [, line = ''] = heading(inFile('scenarios/of/today/oracle-sga-300g.yaml'), plain)
    expect(line).toBe(
      '512 GiB of memory, no swap · x86-64 · Linux 6.18 · …f/today/oracle-sga-300g.yaml',
    )
    expect(displayWidth(line)).toBeLessThanOrEqual(80)
  })

  test('gives the file a line of its own where little room is left', () => {
    const lines = heading(inFile('scenarios/oracle-sga-300g.yaml'), { ...plain, width: 60 })
    expect(lines.slice(1)).toEqual([
      '512 GiB of memory, no swap · x86-64 · Linux 6.18',
      'scenarios/oracle-sga-300g.yaml',
    ])
  })

  test('says swap, page-table isolation and standard input', () => {
    const host = { ...lkml.host, swapBytes: 8 * gib, pti: true }
    const [, line] = heading({ ...inFile('-'), host }, plain)
    expect(line).toBe(
      '512 GiB of memory, 8 GiB of swap · x86-64 with PTI · Linux 6.18 · standard input',
    )
  })

  test('marks memory and a kernel that the source of the scenario did not say', () => {
    const assumptions = ['host.memory', 'host.kernel'].map((path) => ({
      path,
      value: 'x',
      source: 'assumed',
      stated: true as const,
    }))
    expect(heading({ ...inFile('o.yaml'), assumptions }, { ...plain, width: 100 })[1]).toBe(
      '512 GiB of memory (assumed), no swap · x86-64 · Linux 6.18 (assumed) · o.yaml',
    )
  })

  test('says a later kernel than the newest known', () => {
    const assumptions = [
      { path: 'host.kernel', value: '6.18', source: 'the newest', laterKernel: '7.3' },
    ]
    expect(heading({ ...lkml, assumptions }, plain).join(' ')).toContain(
      'Linux 7.3, planned as 6.18',
    )
  })

  test('writes an amount that somebody chose without decimals, a measured one with one', () => {
    expect(heading(planned(server(1)), plain)[1]).toMatch(/^64 GiB of memory/)
    const measured = server(1, { host: { memory: 64 * gib - 4096 * 1001 } })
    expect(heading(planned(measured), plain)[1]).toMatch(/^64\.0 GiB of memory/)
  })

  test('shows a name from outside escaped, and wraps it', () => {
    const scenario = { ...lkml.scenario, name: `${'wide name '.repeat(12)}\u001b[31m` }
    const lines = heading({ ...lkml, scenario }, plain)
    expect(lines.join(' ')).toContain('\\x1b[31m')
    expect(lines.every((line) => displayWidth(line) <= 80)).toBe(true)
  })
})
