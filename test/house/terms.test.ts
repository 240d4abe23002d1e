import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { layouts } from '../../src/geometry/catalogue.ts'
import type { LineSubject } from '../../src/host/budget.ts'
import { budgetLabel } from '../../src/plan/result/budget-label.ts'
import type { GateMetric } from '../../src/plan/result/gate-result.ts'
import type { Stop } from '../../src/plan/result/risk-result.ts'
import { guidePath } from '../../src/render/terms.ts'
import { outlookWords } from '../../src/render/words/fleet-words.ts'
import { metricWords } from '../../src/render/words/gate-words.ts'
import { takenWords } from '../../src/render/words/postmortem-words.ts'
import { stopText } from '../../src/render/words/stop-words.ts'
import { findTerm, termGroups } from '../../src/render/words/terms/terms.ts'
import { strategiesOf } from '../../src/sharing/catalogue.ts'
import { riskLevels, severities } from '../../src/workload/gates.ts'

const root = join(import.meta.dirname, '../..')

/** Words that nothing explains. */
function unexplained(words: readonly string[]): readonly string[] {
  return [...new Set(words)].filter((word) => findTerm(word) === undefined)
}

describe('a term explains', () => {
  it('every column of every table', () => {
    const titles = columnTitles()
    expect(titles.length).toBeGreaterThan(40)
    expect(titles).toEqual(expect.arrayContaining(['Strategy', 'Headroom', 'Leaf entries']))
    expect(unexplained(titles)).toEqual([])
  })

  it('every row of the comparison, on every layout', () => {
    const ids = layouts.flatMap((layout) => strategiesOf(layout).map(({ id }) => id))
    expect(ids).toContain('hugetlb-512m')
    expect(unexplained(ids)).toEqual([])
  })

  it('every level of page tables', () => {
    const levels = layouts.flatMap((layout) => layout.levels.map(({ name }) => name))
    expect(levels).toContain('p4d')
    expect(unexplained(levels)).toEqual([])
  })

  it('every line of the memory budget', () => {
    const subjects: { readonly [Kind in LineSubject['kind']]: LineSubject } = {
      memory: { kind: 'memory' },
      reserve: { kind: 'reserve' },
      pool: { kind: 'pool', pageBytes: 2 ** 21 },
      watermark: { kind: 'watermark' },
      shared: { kind: 'shared', region: 'sga' },
      'locked-file': { kind: 'locked-file', region: 'sga' },
      'private-region': { kind: 'private-region', region: 'sga' },
      private: { kind: 'private' },
      'page-tables': { kind: 'page-tables' },
      kernel: { kind: 'kernel' },
      'reclaimable-file': { kind: 'reclaimable-file', region: 'sga' },
      locked: { kind: 'locked' },
      unswappable: { kind: 'unswappable' },
      swap: { kind: 'swap' },
    }
    const labels = Object.values(subjects).map(budgetLabel)
    expect(labels).toContain('huge-page pool 2m')
    expect(unexplained(labels.map((label) => label.replace(/: sga$| 2m$/, '')))).toEqual([])
  })

  it('every part of memory in an out-of-memory report', () => {
    expect(Object.values(takenWords)).toContain('idle huge pages')
    expect(unexplained(Object.values(takenWords))).toEqual([])
  })

  it('every level of risk, severity, gate and cause', () => {
    const metrics: Readonly<Record<GateMetric, true>> = {
      risk: true,
      headroom: true,
      pageTables: true,
      findings: true,
      growth: true,
      riskGrowth: true,
    }
    const gates = Object.keys(metrics).map((metric) => {
      const { name } = metricWords({ metric, baseline: 1 } as never)
      return name
    })
    const causes: Readonly<Record<Stop['cause'], true>> = {
      'huge-pages': true,
      request: true,
      'commit-limit': true,
      memory: true,
      unswappable: true,
      cgroup: true,
    }
    const ink = { color: false, unicode: true, width: 80 }
    const stops = Object.keys(causes).map((cause) => stopText({ cause } as Stop, ink).trim())
    expect(unexplained([...riskLevels, ...severities, ...gates, ...stops])).toEqual([])
  })

  it('every word that the verdict of a screen begins with, and every mark', () => {
    const verdicts = ['CANNOT START', 'OUT OF MEMORY', 'SWAPS', 'TIGHT', 'SAFE', 'First killed']
    const marks = ['~', 'proposed', 'expected', 'no start', 'safe *', 'does not start', 'in part']
    const columns = ['Safe to', 'At most', 'Share', 'Scenario', 'To do', 'Safe from', 'At least']
    expect(unexplained([...verdicts, ...marks, ...columns])).toEqual([])
  })

  it('every word for a server in the table of several', () => {
    const actions = ['raise the pool', 'lower the pool', 'allow overcommit', 'commit limit']
    const others = ['pool connections', 'fewer processes', 'cgroup limit', 'add memory', 'THP']
    const outlooks = Object.values(outlookWords)
    expect(unexplained([...actions, ...others, 'huge pages', ...outlooks])).toEqual([])
  })

  it('and names a page of the guide', () => {
    const pages = termGroups.flatMap(({ terms }) => terms.map(guidePath))
    expect(pages.length).toBeGreaterThan(90)
    expect([...new Set(pages)].filter((page) => !existsSync(join(root, page)))).toEqual([])
  })
})

/** A check that finds nothing unexplained may find nothing anywhere: here it must. */
it('a column without a term is found', () => {
  expect(unexplained(['Headroom', 'Colour of the pages'])).toEqual(['Colour of the pages'])
  const unit = '$' + '{unit}'
  const source = `const columns = [{ title: 'Colour' }, { title: \`Size ${unit}\` }]`
  expect(titlesIn(source)).toEqual(['Colour', 'Size'])
  expect(titlesIn("const titles = ['Age', 'Wear'] as const")).toEqual(['Age', 'Wear'])
})

/** Titles of columns in the sources of render, whatever table they are of. */
function columnTitles(): readonly string[] {
  const folder = join(root, 'src/render')
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.startsWith('words/terms/'))
    .flatMap((name) => titlesIn(readFileSync(join(folder, name), 'utf8')))
}

/** Literals behind `title:`, of a template the words before the first value, and lists called `titles`. */
function titlesIn(text: string): readonly string[] {
  const source = ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest)
  const titles: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && node.name.getText(source) === 'title') {
      const { initializer } = node
      if (ts.isStringLiteralLike(initializer)) titles.push(initializer.text)
      if (ts.isTemplateExpression(initializer)) titles.push(initializer.head.text.trim())
    }
    if (ts.isVariableDeclaration(node) && node.name.getText(source) === 'titles') {
      titles.push(...literalsIn(node.initializer))
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return titles
}

/** The texts of a list. */
function literalsIn(list: ts.Expression | undefined): readonly string[] {
  const inner = list !== undefined && ts.isAsExpression(list) ? list.expression : list
  if (inner === undefined || !ts.isArrayLiteralExpression(inner)) return []
  return inner.elements.flatMap((each) => (ts.isStringLiteralLike(each) ? [each.text] : []))
}
