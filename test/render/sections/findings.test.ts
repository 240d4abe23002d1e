import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Finding, FindingKind } from '../../../src/plan/result/finding.ts'
import { renderDetails } from '../../../src/render/details.ts'
import { wordsOf } from '../../../src/render/words/finding-words.ts'
import { findingIds } from '../../../src/workload/finding-ids.ts'
import { everyFinding } from '../every-finding.ts'
import { lkml } from '../lkml-result.ts'

const pages = new URL('../../../docs/findings/', import.meta.url)
const ids = Object.values(findingIds)
/** By the number, which is the link: `MSP012-huge-pages-today.md`. */
const pageNames = new Map(
  readdirSync(pages).map((name) => [/^(MSP\d{3})-[a-z0-9-]+[.]md$/.exec(name)?.[1] ?? name, name]),
)
const same = (text: string) => text

describe('pages of findings', () => {
  test('there is one for every id and no other', () => {
    expect(ids.length).toBeGreaterThan(10)
    expect([...pageNames.keys()].toSorted()).toEqual([...ids].toSorted())
    expect(readdirSync(pages)).toHaveLength(ids.length)
  })

  test('no id stands for two findings', () => {
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id).toMatch(/^MSP\d{3}$/)
  })

  test.each(Object.entries(findingIds))(
    'the page of %s says what, why and what to do',
    (kind, id) => {
      const page = readFileSync(new URL(pageNames.get(id) ?? '', pages), 'utf8')
      expect(page).toContain(`# ${id}: `)
      expect(page).toContain(`Kind: \`${kind}\``)
      // The kernel knows nothing of waivers.
      const why = kind.startsWith('waiver-') ? 'Why it matters' : 'Why the kernel does so'
      for (const part of ['What it means', why, 'What to do', 'Example']) {
        expect(page).toContain(`\n## ${part}\n\n`)
      }
      if (/mshare(?!-plan)/.test(page))
        expect(page.replaceAll(/\s+/g, ' ')).toContain('in no released kernel')
    },
  )
})

describe('findings in words', () => {
  test.each(everyFinding.map((finding) => [finding.kind, finding] as const))(
    '%s: a sentence, and what to do next',
    (_, finding) => {
      const { what, next } = wordsOf(finding, same, lkml.host)
      for (const text of [what, next]) {
        expect(text).toMatch(/[.]$/)
        expect(text).not.toMatch(/undefined|NaN|Infinity|\[object/)
      }
      if (/mshare/.test(what)) expect(what).toContain('in no released kernel')
    },
  )

  test('names the numbers', () => {
    const said = (kind: FindingKind) =>
      everyFinding
        .filter((each) => each.kind === kind)
        .map((each) => wordsOf(each, same, lkml.host).what)[0]
    expect(said('tables-exceed-data')).toContain('880.6 GiB; the region itself is 300.0 GiB')
    expect(said('few-pages-touch-most-tables')).toContain(
      '~152,705.5 of 153,600 pte tables (99.4 %)',
    )
    const [few] = everyFinding.filter(({ kind }) => kind === 'few-pages-touch-most-tables')
    expect(few === undefined ? '' : wordsOf(few, same, lkml.host).next).toContain(
      '`touched: { first: 3 GiB }`. For rows that lie close together write `touched: { random: 3 GiB, in: 1 MiB }`',
    )
    expect(said('own-tables-kept')).toContain('50 processes of group batch keep their own')
    expect(said('posted-code-defects')).toContain('up to 2 pud pages leak')
  })

  test('each is in the view with its severity, its id and the command that prints its page', () => {
    const view = renderDetails({ ...lkml, findings: everyFinding }, wide)
    for (const id of ids) {
      expect(view).toContain(`warning ${id}: `)
      expect(view).toContain(`More: mshare-plan explain ${id}\n`)
    }
  })

  test('what is true under several strategies is said once', () => {
    const twice = everyFinding.flatMap((finding) => [
      { ...finding, strategy: 'as-described' },
      { ...finding, strategy: 'mshare' },
    ])
    const view = renderDetails({ ...lkml, findings: twice }, wide)
    expect(view.match(/warning MSP006: /g)).toHaveLength(1)
    expect(view).toContain('warning MSP016: under as-described, mshare (proposed): 234.4')
  })

  test('the strategy is named where there is one', () => {
    const linked = everyFinding
      .filter(({ kind }) => kind === 'linked-tables')
      .map((finding) => ({ ...finding, strategy: 'hugetlb-2m' }))
    const view = renderDetails({ ...lkml, findings: linked }, wide)
    expect(view).toContain('warning MSP019: under hugetlb-2m: hugetlb shares 300 page tables')
  })

  test('a pool is set where the kernel has it', () => {
    const next = (kind: FindingKind, pageBytes: number) =>
      everyFinding
        .filter((finding) => finding.kind === kind)
        .map((finding) => wordsOf({ ...finding, pageBytes } as Finding, same, lkml.host).next)[0]
    expect(next('pool-too-small', 2 ** 21)).toBe(
      'Raise vm.nr_hugepages by at least 2,560, before memory is fragmented.',
    )
    expect(next('pool-too-small', 2 ** 30)).toBe(
      'Raise /sys/kernel/mm/hugepages/hugepages-1048576kB/nr_hugepages by at least 2,560, before memory is fragmented; pages this large are best reserved on the boot line, `hugepagesz=1G hugepages=N` with the new count.',
    )
    expect(next('stranded-huge-pages', 2 ** 16)).toBe(
      'Lower /sys/kernel/mm/hugepages/hugepages-64kB/nr_hugepages by 2,560, or put more memory on pages of this size.',
    )
  })

  test('idle huge pages are to be used where a region waits for them, and left alone where few', () => {
    const idle = everyFinding.find(({ kind }) => kind === 'stranded-huge-pages')
    const nextOf = (more: object): string =>
      wordsOf({ ...idle, ...more } as Finding, same, lkml.host).next
    expect(nextOf({ waiting: 'sga' })).toBe(
      'Raise the pool until region sga fits into it. Lower it only if that region is to stay on base pages.',
    )
    expect(nextOf({ small: true })).toBe('No need to act: it is less than 1 % of memory.')
  })

  test('errors stand before warnings, warnings before notes', () => {
    const view = renderDetails(lkml, wide)
    expect(view.indexOf('error MSP010')).toBeLessThan(view.indexOf('warning MSP015'))
    expect(view.indexOf('warning MSP015')).toBeLessThan(view.indexOf('note MSP012'))
  })
})

const wide = { color: false, unicode: true, width: 100 }
