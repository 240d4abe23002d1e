import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { faultsOf } from './banned-words.ts'

const root = join(import.meta.dirname, '../..')

describe('words for people', () => {
  it.each(filesIn('src/render', /[.]ts$/))('are plain in %s', (path) => {
    const texts = textsIn(path)
    expect(texts.flatMap(faultsOf)).toEqual([])
  })

  it('were read: a hundred sentences and more', () => {
    expect(filesIn('src/render', /[.]ts$/).flatMap(textsIn).length).toBeGreaterThan(100)
  })

  it.each(filesIn('docs/findings', /[.]md$/))('are plain in %s', (path) => {
    const page = readFileSync(join(root, path), 'utf8')
    expect(page).toMatch(/^# MSP\d{3}: /)
    expect(faultsOf(page)).toEqual([])
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

function filesIn(folder: string, wanted: RegExp): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => wanted.test(name))
    .map((name) => `${folder}/${name}`)
    .toSorted()
}

/** Literals of a source that are sentences or parts of them: two words and more. */
function textsIn(path: string): readonly string[] {
  const source = ts.createSourceFile(
    path,
    readFileSync(join(root, path), 'utf8'),
    ts.ScriptTarget.Latest,
  )
  const texts: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) texts.push(node.text)
    if (ts.isTemplateExpression(node)) {
      texts.push(
        [node.head, ...node.templateSpans.map(({ literal }) => literal)]
          .map(({ text }) => text)
          .join('N'),
      )
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return texts.filter((text) => /[a-z] [a-z(]/i.test(text))
}
