import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { withoutOwnTest } from './without-own-test/rooms.ts'
import type { TestedElsewhere } from './without-own-test/tested-elsewhere.ts'

const root = join(import.meta.dirname, '../..')

/** The modules of src with their text, the test files, and what the lists of this folder say. */
interface Tree {
  readonly modules: Readonly<Record<string, string>>
  readonly tests: ReadonlySet<string>
  readonly elsewhere: TestedElsewhere
}

describe('every module with something to run', () => {
  const tree = readTree()

  it('is read by this check', () => {
    expect(Object.keys(tree.modules).length).toBeGreaterThan(100)
    expect(tree.tests.size).toBeGreaterThan(50)
  })

  it('has a test of its own path, or an entry that names the test that holds it', () => {
    expect(withoutTest(tree)).toEqual([])
  })

  it('has no entry beside a test of its own, and no entry outlives its module', () => {
    expect(staleEntries(tree)).toEqual([])
  })

  it('has entries that name existing tests', () => {
    expect(missingTests(tree)).toEqual([])
  })
})

/** A check that finds nothing in a good tree may find nothing anywhere: here it must. */
describe('a tree with faults', () => {
  const entry = { why: 'wiring', test: 'test/a/user.test.ts' }
  const tree: Tree = {
    modules: {
      'src/index.ts': "export { tested } from './a/tested.ts'\n",
      'src/a/types.ts': 'export interface Types {}\n',
      'src/a/tested.ts': 'export function tested(): void {}\n',
      'src/a/wired.ts': 'export const wired = 1\n',
      'src/a/b/forgotten.ts': 'export class Forgotten {}\n',
    },
    tests: new Set(['test/a/tested.test.ts', 'test/a/user.test.ts']),
    elsewhere: {
      'src/a/tested.ts': entry,
      'src/a/wired.ts': { why: 'wiring', test: 'test/a/gone.test.ts' },
      'src/a/types.ts': entry,
      'src/a/deleted.ts': entry,
    },
  }

  it('has its module without a test reported, and neither types nor the public door', () => {
    expect(withoutTest(tree)).toEqual(['src/a/b/forgotten.ts'])
  })

  it('has its stale entries reported', () => {
    expect(staleEntries(tree)).toEqual(['src/a/tested.ts', 'src/a/types.ts', 'src/a/deleted.ts'])
  })

  it('has its entry without a test file reported', () => {
    expect(missingTests(tree)).toEqual(['src/a/wired.ts: test/a/gone.test.ts'])
  })
})

function withoutTest({ modules, tests, elsewhere }: Tree): readonly string[] {
  return Object.keys(modules).filter(
    (path) => hasCode(path, modules) && !tests.has(ownTest(path)) && !(path in elsewhere),
  )
}

function staleEntries({ modules, tests, elsewhere }: Tree): readonly string[] {
  return Object.keys(elsewhere).filter(
    (path) => !hasCode(path, modules) || tests.has(ownTest(path)),
  )
}

function missingTests({ tests, elsewhere }: Tree): readonly string[] {
  return Object.entries(elsewhere)
    .filter(([, { test }]) => !tests.has(test))
    .map(([path, { test }]) => `${path}: ${test}`)
}

/** src/index.ts only passes names on: it is a list, held by the check of the packed types. */
function hasCode(path: string, modules: Tree['modules']): boolean {
  const text = path === 'src/index.ts' ? '' : (modules[path] ?? '')
  return text !== '' && !isTypesOnly(text)
}

function isTypesOnly(text: string): boolean {
  return !/^(export )?(async )?(function|const|let|class)\b/m.test(text)
}

function ownTest(path: string): string {
  return path.replace(/^src\//, 'test/').replace(/[.]ts$/, '.test.ts')
}

function readTree(): Tree {
  const sources = filesBelow('src').filter((path) => path.endsWith('.ts'))
  return {
    modules: Object.fromEntries(
      sources.map((path) => [path, readFileSync(join(root, path), 'utf8')]),
    ),
    tests: new Set(filesBelow('test').filter((path) => /[.]test[.]ts$/.test(path))),
    elsewhere: withoutOwnTest,
  }
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) =>
    join(folder, path),
  )
}
