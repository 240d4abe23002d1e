import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { faultsOf, longSentencesOf } from './banned-words.ts'

const root = join(import.meta.dirname, '../..')

const rooms = ['render', 'report', 'scenario', 'saved', 'cli', 'plan', 'capture', 'importers'].map(
  (room) => `src/${room}`,
)

/** Pages whose rules and words are under the rules of this test; pages of findings have a title of their own form. */
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'docs/architecture.md',
  'docs/performance.md',
  'docs/screens/README.md',
  ...filesIn('docs/guide', /[.]md$/),
  ...filesIn('docs/model', /[.]md$/),
]

describe('words for people', () => {
  it.each(rooms)('are plain in %s', (room) => {
    const texts = textsBelow(room)
    expect(texts.length).toBeGreaterThan(room === 'src/saved' ? 10 : 100)
    expect(texts.flatMap(faultsIn(faultsOf))).toEqual([])
  })

  it.each(pages)('are plain in %s', (path) => {
    const page = readFileSync(join(root, path), 'utf8')
    expect(page).toMatch(/^# /)
    expect(faultsOf(page)).toEqual([])
  })

  it.each(filesIn('docs/findings', /[.]md$/))('are plain in %s', (path) => {
    const page = readFileSync(join(root, path), 'utf8')
    expect(page).toMatch(/^# MSP\d{3}: /)
    expect(faultsOf(page)).toEqual([])
  })

  it.each([
    'src/render/words',
    'src/cli',
    'src/scenario',
    'src/saved',
    'src/capture',
    'src/importers',
  ])('make sentences of 25 words at most in %s', (folder) => {
    const texts = textsBelow(folder)
    expect(texts.length).toBeGreaterThan(10)
    expect(texts.flatMap(faultsIn(longSentencesOf))).toEqual([])
  })
})

/** A check that finds nothing in good words may find nothing anywhere: here it must. */
describe('a fault in words', () => {
  it.each([
    'The risk as the scenario stands now.',
    'There is none.\n\nWhere is none?',
    'A pool that nobody uses.',
    'It takes so many pages.',
    'Segments that were left out.',
    'They are shared all the\nsame.',
    'One more beside the others.',
    'Huge pages win 3 GiB.',
    'Sharing is not to be had here.',
    'The pool is small. What happens then is unknown.',
    'Whose pages are gone: the owner.',
    '- Of base tables the part that follows.',
    'A key that is there twice.',
    'a pool of N huge pages of N kB is none that N has',
    'vm.min_free_kbytes is more than MemTotal, left out',
    'All of it is supposed.',
  ])('is found: %j', (text) => {
    expect(faultsOf(text)).not.toEqual([])
  })

  it.each([
    '## What it means\n\nThe pool is too small.',
    'What is missing?',
    'Set `beside` to `none`.',
    'A standing order. The window is closed.',
    '```\nnobody stands beside it\n```',
  ])('is not found in: %j', (text) => {
    expect(faultsOf(text)).toEqual([])
  })
})

describe('a sentence of 26 words', () => {
  const words = (count: number) => Array(count).fill('word').join(' ')

  it('is found, also behind a short one', () => {
    expect(longSentencesOf(words(26))).toEqual([words(26)])
    expect(longSentencesOf(`Short: ${words(26)}.`)).toEqual([`${words(26)}.`])
  })

  it('is not found where two sentences have 25 words each', () => {
    expect(longSentencesOf(`${words(25)}. ${words(25)}; ${words(25)}`)).toEqual([])
  })
})

function filesIn(folder: string, wanted: RegExp): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => wanted.test(name))
    .map((name) => `${folder}/${name}`)
    .toSorted()
}

interface Printed {
  readonly at: string
  readonly text: string
}

/** What a check finds in a text, with the place of the text. */
function faultsIn(
  check: (text: string) => readonly string[],
): (printed: Printed) => readonly string[] {
  return ({ at, text }) => check(text).map((fault) => `${at}: ${fault}`)
}

function textsBelow(folder: string): readonly Printed[] {
  return filesIn(folder, /[.]ts$/).flatMap(textsIn)
}

/** Literals of a source that are sentences or parts of them: two words and more. */
function textsIn(path: string): readonly Printed[] {
  const source = ts.createSourceFile(
    path,
    readFileSync(join(root, path), 'utf8'),
    ts.ScriptTarget.Latest,
  )
  const texts: Printed[] = []
  const visit = (node: ts.Node): void => {
    const text = textOf(node)
    if (text !== undefined && /[a-z]/i.test(text) && /\S \S/.test(text)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source))
      texts.push({ at: `${path}:${line + 1}`, text })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return texts
}

/** A literal as text; what a template fills in is `N`. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text
  if (!ts.isTemplateExpression(node)) return undefined
  return [node.head, ...node.templateSpans.map(({ literal }) => literal)]
    .map(({ text }) => text)
    .join('N')
}
