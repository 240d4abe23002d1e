import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../shipped.ts'
import { answerOf, complaintsOf, examples, libraryPage, writeExamples } from './examples.ts'

/** A folder whose node_modules have the package as it was built here. */
let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mshare-plan-library-'))
  writeExamples(folder)
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(root, join(folder, 'node_modules/mshare-plan'))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the page on the library', () => {
  const { UPDATE_GOLDEN, CI } = process.env

  it('has a program for each thing that the library does', () => {
    expect(examples().map(({ name }) => name)).toEqual([
      ...['Plan', 'Plan', 'Check, also what was saved', 'Limits, measurements, formulas'],
      'Import a configuration',
    ])
  })

  it('has programs that compile where the package is installed', () => {
    expect(complaintsOf(folder, 'nodenext')).toBe('')
  })

  it.each(examples().map(({ name }, index) => [index, name] as const))(
    'shows what program %i prints (%s)',
    (index) => {
      const { program, answer } = examples()[index] ?? { program: '', answer: '' }
      const printed = answerOf(folder, index)
      if (UPDATE_GOLDEN !== '1' || CI) expect(printed).toBe(answer)
      const before = `${program}\`\`\`\n\n\`\`\`text\n`
      const page = readFileSync(libraryPage, 'utf8')
      const changed = page.replace(before + answer, () => before + printed)
      if (changed !== page) writeFileSync(libraryPage, changed)
    },
  )

  it('can be put into a page: the library asks for no module of Node', async () => {
    const entryPoints = [join(root, 'dist/library/index.js')]
    const { errors } = await build({ entryPoints, bundle: true, platform: 'browser', write: false })
    expect(errors).toEqual([])
  })

  it('compiles nothing that is wrong', () => {
    const wrong = `import { plan } from 'mshare-plan'\nplan('a text', {})\n`
    writeFileSync(join(folder, 'example-0.ts'), wrong)
    expect(complaintsOf(folder, 'nodenext')).toMatch(/^example-0[.]ts\(2,6\): error TS2345/)
    writeExamples(folder)
  })
})
