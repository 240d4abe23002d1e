import { describe, expect, test } from 'vitest'
import type { Finding } from '../../../src/plan/result/finding.ts'
import { briefFindings } from '../../../src/render/screen/brief-findings.ts'
import { findingIds } from '../../../src/workload/finding-ids.ts'
import { gib, planned } from '../../build.ts'
import { lkml } from '../lkml-result.ts'
import { flat, plain, pooled, server } from './servers.ts'

const waiver = {
  kind: 'waiver-expired',
  severity: 'warning',
  waives: 'MSP001',
  reason: 'known',
} as const
const expired = (until: string): Finding => ({
  id: findingIds['waiver-expired'],
  ...waiver,
  until,
})
const differ = (region: string): Finding =>
  ({
    id: findingIds['addresses-differ'],
    kind: 'addresses-differ',
    severity: 'warning',
    region,
  }) as Finding
const linesOf = (findings: readonly Finding[]): readonly string[] =>
  briefFindings({ ...lkml, findings }, plain)

describe('findings of the screen', () => {
  test('are errors and warnings that nothing else says; the others are counted', () => {
    // MSP010 is in the verdict, MSP012 is a note.
    expect(briefFindings(lkml, plain)).toEqual([
      'Swap cannot help: page tables and locked memory cannot be swapped.',
      '1 more finding, 10 defaults, every table: --details. Each number: explain',
    ])
  })

  test('do not say again that too little of the shortage can be swapped', () => {
    // 1,500 sessions: 16 GiB and 47 GiB of page tables in 32 GiB, with 64 GiB of swap.
    const short = planned(server(1500, { host: { memory: 32 * gib, swap: 64 * gib } }))
    expect(short.findings.map(({ kind }) => kind)).toContain('swap-cannot-help')
    expect(flat(briefFindings(short, plain))).not.toContain('Swap cannot help')
    const without = planned(server(1500, { host: { memory: 32 * gib, swap: gib } }))
    expect(flat(briefFindings(without, plain))).toContain('Swap cannot help')
  })

  test('are one line for each kind', () => {
    const lines = linesOf([differ('a'), differ('b'), expired('2026-01-01')])
    expect(lines).toEqual([
      'Processes map region a at different addresses.',
      'A waiver ended on 2026-01-01: its finding counts again.',
      '10 defaults, every table: --details. Each number: explain',
    ])
  })

  test('are three at most, errors first', () => {
    const kinds = ['posted-code-defects', 'innocent-victim', 'swap-cannot-help'] as const
    const more = kinds.map(
      (kind) => ({ id: findingIds[kind], kind, severity: 'warning' }) as Finding,
    )
    const lines = linesOf([...more, { ...differ('a'), severity: 'error' }])
    expect(lines).toHaveLength(4)
    expect(lines[0]).toBe('Processes map region a at different addresses.')
    expect(lines[3]).toMatch(/^1 more finding, /)
  })

  test('are not those of a strategy that nobody runs, nor those that are waived', () => {
    const other = { ...differ('a'), strategy: 'threads' }
    expect(linesOf([other])[0]).toMatch(/^1 more finding, /)
    const waived = { ...differ('a'), waived: { id: 'MSP001', reason: 'known' } } as unknown
    expect(linesOf([waived as Finding])[0]).toMatch(/^1 more finding, /)
  })

  test('do not say again what the verdict and the advice say', () => {
    const short = flat(briefFindings(planned(pooled(8000)), plain))
    expect(short).not.toContain('The pool has')
    const mixed = flat(briefFindings(planned(pooled(8000, { fallback: 'mixed' })), plain))
    expect(mixed).toContain('The pool has 8,000 of 8,192 huge pages for region data:')
  })

  test('end with where everything is', () => {
    const bare = briefFindings({ ...lkml, findings: [], assumptions: [] }, plain)
    expect(bare).toEqual(['Every table: --details. Each number: explain'])
    const one = { ...lkml, findings: [], assumptions: lkml.assumptions.slice(0, 1) }
    expect(briefFindings(one, plain)).toEqual([
      '1 default, every table: --details. Each number: explain',
    ])
  })

  test('show names from outside escaped', () => {
    expect(linesOf([differ('a\u001b')])[0]).toBe(
      'Processes map region a\\x1b at different addresses.',
    )
  })
})
