import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { withoutOwnTest } from './without-own-test/rooms.ts'
import type { TestedElsewhere } from './without-own-test/tested-elsewhere.ts'

const root = join(import.meta.dirname, '../..')

/** The modules of src and what test holds, each with its text; and what the lists say. */
interface Tree {
  readonly modules: Readonly<Record<string, string>>
  readonly tests: Readonly<Record<string, string>>
  readonly elsewhere: TestedElsewhere
}

describe('every module with something to run', () => {
  const tree = readTree()

  it('is read by this check', () => {
    expect(Object.keys(tree.modules).length).toBeGreaterThan(100)
    expect(Object.keys(tree.tests).length).toBeGreaterThan(50)
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

  it('has entries that load their module, directly or through others', () => {
    expect(strayTests(tree)).toEqual([])
  })

  it('has entries that say why, in a few words', () => {
    expect(withoutReason(tree)).toEqual([])
  })
})

/** A check that finds nothing in a good tree may find nothing anywhere: here it must. */
describe('a tree with faults', () => {
  const entry = { why: 'puts two modules together', test: 'test/a/user.test.ts' }
  const tree: Tree = {
    modules: {
      'src/index.ts': "export { tested } from './a/tested.ts'\n",
      'src/a/types.ts': 'export interface Types {}\n',
      'src/a/tested.ts': 'export function tested(): void {}\n',
      'src/a/wired.ts': 'export const wired = 1\n',
      'src/a/b/forgotten.ts': 'export class Forgotten {}\n',
    },
    tests: {
      'test/a/tested.test.ts': "import { tested } from '../../src/a/tested.ts'\n",
      'test/a/user.test.ts': "import { part } from './part.ts'\n",
      'test/a/part.ts': "import { tested } from '../../src/a/tested.ts'\n",
    },
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

  it('has its entries reported whose test never loads the module', () => {
    expect(strayTests(tree)).toEqual(['src/a/wired.ts', 'src/a/types.ts', 'src/a/deleted.ts'])
  })

  it('has its entry without a reason reported', () => {
    expect(withoutReason(tree)).toEqual(['src/a/wired.ts'])
  })
})

function withoutTest({ modules, tests, elsewhere }: Tree): readonly string[] {
  return Object.keys(modules).filter(
    (path) => hasCode(path, modules) && !(ownTest(path) in tests) && !(path in elsewhere),
  )
}

function staleEntries({ modules, tests, elsewhere }: Tree): readonly string[] {
  return Object.keys(elsewhere).filter((path) => !hasCode(path, modules) || ownTest(path) in tests)
}

function missingTests({ tests, elsewhere }: Tree): readonly string[] {
  return Object.entries(elsewhere)
    .filter(([, { test }]) => !(test in tests))
    .map(([path, { test }]) => `${path}: ${test}`)
}

function strayTests(tree: Tree): readonly string[] {
  const stray = Object.entries(tree.elsewhere).filter(
    ([path, { test }]) => !loaded(test, tree).has(path),
  )
  return stray.map(([path]) => path)
}

/** A file and all that it imports, directly or through others. */
function loaded(file: string, tree: Tree, found: Set<string> = new Set()): ReadonlySet<string> {
  if (found.has(file)) return found
  found.add(file)
  const text = tree.modules[file] ?? tree.tests[file] ?? ''
  for (const [, path = ''] of text.matchAll(/\b(?:from|import\()\s*'([.][^']+)'/g)) {
    loaded(join(dirname(file), path), tree, found)
  }
  // Starts the built program, which is src/cli/program.ts, and opens the page that it writes.
  if (text.includes('bin/mshare-plan.js')) {
    loaded('src/cli/program.ts', tree, found)
    loaded('src/report/page/page.ts', tree, found)
  }
  return found
}

function withoutReason({ elsewhere }: Tree): readonly string[] {
  const short = Object.entries(elsewhere).filter(([, { why }]) => why.split(' ').length < 3)
  return short.map(([path]) => path)
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
  return { modules: textsBelow('src'), tests: textsBelow('test'), elsewhere: withoutOwnTest }
}

function textsBelow(folder: string): Readonly<Record<string, string>> {
  const paths = filesBelow(folder).filter((path) => path.endsWith('.ts'))
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]))
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) =>
    join(folder, path),
  )
}
