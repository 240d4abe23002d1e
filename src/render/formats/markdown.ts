import type { Advice } from '../../plan/result/advice-result.ts'
import type { Finding } from '../../plan/result/finding.ts'
import type { Result } from '../../plan/result/result.ts'
import { formatCount } from '../../units/format.ts'
import { assumed } from '../screen/assumed.ts'
import { caseTable } from '../screen/case-table.ts'
import { gateLines } from '../screen/gate-lines.ts'
import { growthLines } from '../screen/growth-lines.ts'
import { heading } from '../screen/heading.ts'
import { rangeLines } from '../screen/range-lines.ts'
import { renderScreen } from '../screen/screen.ts'
import { wholeComparison } from '../screen/strategy-table.ts'
import { timelineLines } from '../screen/timeline-lines.ts'
import { verdict } from '../screen/verdict.ts'
import { entryHeading, isSamePlace, notesOn, placeOf } from '../sections/advice.ts'
import { labelNamed } from '../sections/strategy.ts'
import { inkOfNames, named } from '../text/ink.ts'
import { codeBlock, markdownTable, prose } from '../text/markdown.ts'
import { declineSentence, nothingSentence } from '../words/advice-words.ts'
import { wordsOf } from '../words/finding-words.ts'

/** A part of a page: its lines, and what is said in their place where the page has no room. */
export interface Block {
  readonly lines: readonly string[]
  readonly instead?: string
}

/** A result as parts of a page in Markdown, the most important first. */
export function resultBlocks(result: Result, level = 2): readonly Block[] {
  const mark = '#'.repeat(level)
  const [name = '', ...machine] = heading(result, inkOfNames)
  if (result.postmortem !== undefined) {
    const lines = renderScreen(result, { color: false, unicode: true, width: 80 })
      .trimEnd()
      .split('\n')
    return [{ lines: [`${mark} ${prose(name)}`, '', ...codeBlock(lines)] }]
  }
  return [
    {
      lines: [
        ...[`${mark} ${prose(name)}`, '', prose(machine.join(' ')), ''],
        ...paragraphs(verdict(result, inkOfNames)),
        ...paragraphs(gateLines(result, inkOfNames)),
        ...paragraphs(whatIfSentences(result)),
      ],
    },
    { lines: comparison(result), instead: 'The table of strategies' },
    ...(result.cases === undefined ? [] : [casesIn(result, result.cases)]),
    ...adviceBlocks(result),
    { lines: paragraphs(assumed(result, inkOfNames)), instead: 'The assumptions' },
    ...findingBlocks(result),
    { lines: [prose(notHere(result))] },
  ]
}

/** What the screen says below the verdict of ranges, steps and growth. */
function whatIfSentences(result: Result): readonly string[] {
  const { ranges, growth } = result
  return [
    ...(ranges === undefined ? [] : rangeLines(result, ranges, inkOfNames)),
    ...timelineLines(result, inkOfNames),
    ...(growth === undefined ? [] : growthLines(result, growth, inkOfNames)),
  ]
}

function casesIn(result: Result, cases: NonNullable<Result['cases']>): Block {
  const lines = caseTable(result, cases, { color: false, unicode: true, width: 80 })
  return { lines: [...codeBlock(lines), ''], instead: 'The table of cases' }
}

function paragraphs(sentences: readonly string[]): readonly string[] {
  return sentences.flatMap((sentence) => [prose(sentence), ''])
}

function comparison(result: Result): readonly string[] {
  const { titles, rows, notes } = wholeComparison(result, inkOfNames)
  const columns = [
    { title: 'Strategy', align: 'left' } as const,
    ...titles.map((title) => ({ title, align: title === 'Risk' ? 'left' : 'right' }) as const),
  ]
  const cells = rows.map(({ label, content }) =>
    'reason' in content
      ? [prose(label), ...titles.slice(1).map(() => ''), prose(content.reason)]
      : [label, ...content.cells].map(prose),
  )
  return [...markdownTable(columns, cells), '', ...paragraphs(notes)]
}

/** What to do, each note once, and what is not advised. */
function adviceBlocks(result: Result): readonly Block[] {
  const { advice, rejected, nothingToDo } = result
  const said = new Set<string>()
  const nothing = nothingToDo === undefined ? [] : [nothingSentence(nothingToDo, result)]
  return [
    ...advice.map((each, index) => {
      const notes = notesOn(each, inkOfNames).filter((note) => !said.has(note))
      for (const note of notes) said.add(note)
      const lines = [
        ...adviceLines(each, index, result),
        ...notes.flatMap((note) => [`   ${prose(note)}`, '']),
      ]
      return { lines, instead: `Advice ${index + 1}` }
    }),
    {
      lines: paragraphs([...nothing, ...rejected.map(declineSentence)]),
      instead: 'Rejected advice',
    },
  ]
}

function adviceLines(each: Advice, index: number, result: Result): readonly string[] {
  const { advice } = result
  const what =
    advice[0]?.purpose === 'headroom' ? 'Worth doing (it is safe as it is)' : 'What to do'
  const title = entryHeading(each, `${index + 1}. `, advice[index - 1], result, inkOfNames)
  return [
    ...(index === 0 ? [`**${what}**`, ''] : []),
    ...title
      .map((line) => line.replace(/^\d+[.] /, ''))
      .map((line) => `${index + 1}. ${prose(line)}`),
    '',
    ...each.settings.flatMap((setting, at) => {
      const place = prose(placeOf(setting, inkOfNames))
      const block = codeBlock(setting.lines)
      return [
        ...(isSamePlace(setting, each.settings[at - 1]) ? [] : [place, '']),
        ...block,
        '',
      ].map((line) => (line === '' ? '' : `   ${line}`))
    }),
  ]
}

const severities = ['error', 'warning', 'note'] as const

/** One block for each severity, so that the worst have room first. */
function findingBlocks(result: Result): readonly Block[] {
  return severities.flatMap((severity) => {
    const found = result.findings.filter((finding) => finding.severity === severity)
    if (found.length === 0) return []
    const title = `${formatCount(found.length)} ${severity}${found.length === 1 ? '' : 's'}`
    return [
      {
        lines: [
          ...['<details>', `<summary>${title}</summary>`, ''],
          ...found.map((finding) => `- ${findingLine(finding, result)}`),
          ...['', '</details>', ''],
        ],
        instead: title,
      },
    ]
  })
}

function findingLine(finding: Finding, result: Result): string {
  const { what, next } = wordsOf(finding, (text) => named(text, inkOfNames), result.host)
  const { id, strategy, waived } = finding
  const under = strategy === undefined ? '' : ` (${labelNamed(strategy, result)})`
  const until =
    waived === undefined
      ? ''
      : ` Waived until ${waived.until}: ${named(waived.reason, inkOfNames)}.`
  return `${prose(`${id}${under}: ${what}${until}`)} ${prose(next)}`
}

/** What the page leaves to the JSON. */
function notHere({ assumptions }: Result): string {
  const defaults = assumptions.length === 0 ? '' : `${formatCount(assumptions.length)} defaults, `
  return `Not on this page: ${defaults}the memory budget, levels, groups, regions and counters. See \`--format json\` or \`--details\`.`
}
