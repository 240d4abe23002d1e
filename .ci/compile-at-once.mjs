import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import ts from 'typescript'

/*
 * V8 reads the text of a function twice: past it when the script is loaded, and whole when it is first
 * called. One in parentheses it takes for a function that is called at once, and reads whole as it
 * comes to it (PrepareGenerator and set_next_function_is_likely_called() in src/parsing/parser-base.h).
 */

/**
 * @typedef {object} Run
 * @property {readonly string[]} words the command line
 * @property {number} shortest a shorter function stays as it is: in parentheses it takes more of the package
 */

/**
 * Puts the functions that ordinary runs call in parentheses.
 * @param {string} folder of the bundles
 * @param {readonly Run[]} runs of several that load a bundle the first decides on it
 */
export function compileAtOnce(folder, runs) {
  /** @type {Map<string, ReadonlySet<number>>} */
  const called = new Map()
  for (const run of runs) {
    for (const [name, starts] of calledBy(folder, run)) {
      if (!called.has(name)) called.set(name, starts)
    }
  }
  // Only now: coverage tells places in the bundles as they were made.
  for (const [name, starts] of called) {
    const path = join(folder, name)
    writeFileSync(path, inParentheses(name, readFileSync(path, 'utf8'), starts))
  }
}

/**
 * Where the functions start that a run calls, by the name of the bundle.
 * @param {string} folder @param {Run} run
 * @returns {ReadonlyMap<string, ReadonlySet<number>>}
 */
function calledBy(folder, { words, shortest }) {
  const coverage = mkdtempSync(join(tmpdir(), 'mshare-plan-build-'))
  try {
    const { status, stderr } = spawnSync(process.execPath, words, {
      env: { ...process.env, NODE_V8_COVERAGE: coverage },
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`a run of the build ended with ${status}: ${stderr}`)
    const [report = ''] = readdirSync(coverage)
    const { result } = JSON.parse(readFileSync(join(coverage, report), 'utf8'))
    const bundles = /** @type {readonly Script[]} */ (result).filter(({ url }) =>
      url.includes(`${folder}/`),
    )
    return new Map(
      bundles.map(({ url, functions }) => [basename(url), startsOf(functions, shortest)]),
    )
  } finally {
    rmSync(coverage, { recursive: true })
  }
}

/**
 * @typedef {object} Script of a report of coverage
 * @property {string} url
 * @property {readonly { readonly ranges: readonly Range[] }[]} functions
 */
/** @typedef {{ readonly startOffset: number, readonly endOffset: number, readonly count: number }} Range */

/** @param {Script['functions']} functions @param {number} shortest */
function startsOf(functions, shortest) {
  const outer = functions.flatMap(({ ranges }) => ranges.slice(0, 1))
  const chosen = outer.filter(
    ({ startOffset, endOffset, count }) => count > 0 && endOffset - startOffset >= shortest,
  )
  return new Set(chosen.map(({ startOffset }) => startOffset))
}

/**
 * Declarations become variables at the top: there is a declared function from the start, too. Arrow functions
 * become ordinary ones, for only from Node 24 on do parentheses tell V8 anything about an arrow.
 * @param {string} name @param {string} text @param {ReadonlySet<number>} starts
 */
function inParentheses(name, text, starts) {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest)
  /** @type {Edit[]} */
  const edits = []
  /** @param {import('typescript').Node} node */
  const encloseIn = (node) => {
    const enclosing = starts.has(node.getStart(source)) ? enclosingOf(node, source) : undefined
    if (enclosing !== undefined) edits.push(...enclosing.before)
    ts.forEachChild(node, encloseIn)
    if (enclosing !== undefined) edits.push({ at: node.end, to: node.end, text: enclosing.after })
  }
  encloseIn(source)
  edits.sort((one, other) => one.at - other.at)
  /** @param {number} from @param {number} to */
  const piece = (from, to) => {
    let [written, done] = ['', from]
    for (const edit of edits) {
      if (edit.at < from || edit.at >= to) continue
      written += text.slice(done, edit.at) + edit.text
      done = edit.to
    }
    return written + text.slice(done, to)
  }
  const [, directive = ''] = /^((?:"use strict"|'use strict');?)/.exec(text) ?? []
  let [moved, rest, done] = ['', '', directive.length]
  for (const statement of source.statements) {
    const start = statement.getStart(source)
    if (!ts.isFunctionDeclaration(statement) || !starts.has(start)) continue
    const { name: id, modifiers, asteriskToken, end } = statement
    if (id === undefined || modifiers !== undefined || asteriskToken !== undefined) continue
    moved += `${moved === '' ? 'var ' : ','}${id.text}=(function${piece(id.end, end)})`
    rest += piece(done, start)
    done = end
  }
  return `${directive}${moved}${moved === '' ? '' : ';'}${rest}${piece(done, text.length + 1)}`
}

/** What stands in place of a piece of the text. @typedef {{ at: number, to: number, text: string }} Edit */

/**
 * @param {import('typescript').Node} node @param {import('typescript').SourceFile} source
 * @returns {{ readonly before: readonly Edit[], readonly after: string } | undefined}
 */
function enclosingOf(node, source) {
  const start = node.getStart(source)
  const parenthesis = { at: start, to: start, text: '(' }
  if (ts.isFunctionExpression(node)) return { before: [parenthesis], after: ')' }
  if (!ts.isArrowFunction(node)) return undefined
  if (!isPlain(node)) return { before: [parenthesis], after: ')' }
  const { parameters, equalsGreaterThanToken: arrow, body } = node
  const isBare = source.text[start] !== '('
  const isBlock = ts.isBlock(body)
  const head = {
    at: isBare ? parameters.end : arrow.getStart(source),
    to: body.getStart(source),
    text: `${isBare ? ')' : ''}${isBlock ? '' : '{return '}`,
  }
  return {
    before: [{ ...parenthesis, text: isBare ? '(function(' : '(function' }, head],
    after: isBlock ? ')' : '})',
  }
}

/**
 * True where an arrow function is the same as an ordinary one: neither asynchronous, nor about what only
 * the function around it has.
 * @param {import('typescript').ArrowFunction} arrow
 */
function isPlain(arrow) {
  /** @param {import('typescript').Node} node @returns {boolean} */
  const borrows = (node) =>
    node.kind === ts.SyntaxKind.ThisKeyword ||
    node.kind === ts.SyntaxKind.SuperKeyword ||
    node.kind === ts.SyntaxKind.MetaProperty ||
    (ts.isIdentifier(node) && node.text === 'arguments') ||
    ts.forEachChild(node, borrows) === true
  return arrow.modifiers === undefined && !borrows(arrow)
}
