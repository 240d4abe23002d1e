import type { Ink } from './text/ink.ts'
import { brushesOf, rule, widthOf, worded } from './text/ink.ts'
import { displayWidth } from './text/width.ts'
import { hanging, wrap } from './text/wrap.ts'
import type { GuidePage, Term, TermGroup } from './words/terms/term.ts'

/** A finding in a list. */
export interface FindingTitle {
  readonly id: string
  /** The heading of its page. */
  readonly title: string
}

/** A term: its meaning, how it is computed, where it comes from and where more is said. */
export function renderTerm({ name, meaning, ...more }: Term, ink: Ink): string {
  const width = widthOf(ink)
  const line = (prefix: string, text: string | undefined) =>
    text === undefined ? [] : hanging(`  ${prefix}`, worded(text, ink), width)
  const numbers = more.numbers === undefined ? undefined : numbersCommand(more.numbers)
  return [
    ...wrap(worded(name, ink), width).map(brushesOf(ink).strong),
    ...line('', meaning),
    ...line('= ', more.formula),
    ...line('if:      ', more.condition),
    ...line('unit:    ', more.unit),
    ...line('source:  ', more.source),
    ...line('numbers: ', numbers),
    ...line('more:    ', guidePath(more)),
    '',
  ].join('\n')
}

/** Where the guide tells more of a term. */
export function guidePath({ page }: Pick<Term, 'page'>): string {
  return `docs/guide/${guidePages[page]}.md`
}

const guidePages: Readonly<Record<GuidePage, string>> = {
  fleet: 'many-servers',
  gates: 'gates-and-ci',
  limits: 'limits',
  oom: 'after-an-oom',
  scenario: 'scenario-file',
  screen: 'reading-the-screen',
  timeline: 'timeline',
  verify: 'verify',
  'what-if': 'what-if',
}

function numbersCommand(text: string): string {
  return `mshare-plan explain FILE ${text.includes(' ') ? `'${text}'` : text}`
}

/** All that can be explained: how to ask, every term, every finding. */
export function renderTopics(
  groups: readonly TermGroup[],
  findings: readonly FindingTitle[],
  ink: Ink,
): string {
  const title = (text: string) => ['', ...heading(text, ink)]
  return [
    ...usage(ink),
    ...title('TERMS'),
    ...groups.flatMap((group) => listed(group, ink)),
    ...title('FINDINGS'),
    ...findings.flatMap(({ id, title: text }) =>
      hanging(`${id}  `, worded(text, ink), widthOf(ink)),
    ),
    '',
  ].join('\n')
}

const ways: readonly (readonly [command: string, answer: string])[] = [
  ['mshare-plan explain TERM', 'a word of the screen or a table, as headroom'],
  ['mshare-plan explain FINDING', 'a finding, as MSP010'],
  ['mshare-plan explain FILE TEXT', 'numbers of a scenario with TEXT in their path'],
  ['mshare-plan explain FILE', 'every number of a scenario'],
]

const rules =
  'A number has its formula, the values put in, and its source. Its path is that in the JSON (--format json); a term selects the numbers that it names. If a file has the name of a term, the file is explained.'

function usage(ink: Ink): readonly string[] {
  const column = Math.max(...ways.map(([command]) => displayWidth(command))) + 2
  return [
    ...ways.flatMap(([command, answer]) =>
      hanging(command.padEnd(column), worded(answer, ink), widthOf(ink)),
    ),
    ...wrap(worded(rules, ink), widthOf(ink)),
  ]
}

function heading(text: string, ink: Ink): readonly string[] {
  return [brushesOf(ink).heading(text), rule(ink).repeat(displayWidth(text))]
}

/** Each term in one piece: none is broken at its blanks. */
function listed({ title, terms }: TermGroup, ink: Ink): readonly string[] {
  const glue = '\u00a0'
  const names = terms.map(({ name }) => name.replaceAll(' ', glue)).join(', ')
  const lines = hanging('  ', names, widthOf(ink))
  return [title, ...lines.map((line) => worded(line.replaceAll(glue, ' '), ink))]
}
