import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readingsIn } from './sentence-readings.ts'

const root = join(import.meta.dirname, '../..')

describe('a sentence for people', () => {
  it('is read by no program, so that anyone may reword it', () => {
    const program = programOf(root)
    expect(program.getSourceFiles().length).toBeGreaterThan(300)
    expect(readingsIn(program, root)).toEqual([])
  })
})

/** A check that finds nothing in a good house may find nothing anywhere: here it must. */
describe('a house that reads its sentences', () => {
  const sources = {
    'src/result.ts': `
export interface BudgetLine { readonly name: string; readonly bytes: number; readonly origin: string }
export interface Assumption { readonly path: string; readonly source: string }
export interface Flaw { readonly message: string; readonly expected?: string }
export interface PlannedStrategy { readonly id: string; readonly kind: 'thp' | 'hugetlb' }
export interface Region { readonly name: string }
`,
    'src/faults.ts': `
import type { Assumption, BudgetLine, Flaw, PlannedStrategy } from './result.ts'
export const compared = (line: BudgetLine) => line.name === 'swap'
export const unpacked = (lines: BudgetLine[]) => lines.filter(({ name }) => name.startsWith('pool'))
export const renamed = ({ source: said }: Assumption) => /^(.+) is later than /.exec(said)
export const optional = (flaw: Flaw) => flaw.expected?.includes('unit')
export const absent = (flaw: Flaw) => /unit/.test(flaw.expected ?? '')
export const kept = ({ message }: Flaw) => { const text = message; return text.split(':')[0] }
export const switched = (line: BudgetLine) => { switch (line.origin) { case 'assumed': return 1 } return 0 }
export const looked = (line: BudgetLine, rules: Record<string, number>) => rules[line.name]
export const found = (line: BudgetLine, rules: Map<string, number>) => rules.get(line.name)
export const identified = (one: PlannedStrategy) => one.id.startsWith('thp')
export const built = (one: PlannedStrategy, size: string) => one.id === \`hugetlb-\${size}\`
export const handed = (line: BudgetLine) => isPool(line.name)
function isPool(text: string) { return text.endsWith('pool') }
`,
    'src/right.ts': `
import type { BudgetLine, PlannedStrategy, Region } from './result.ts'
export const outside = (region: Region) => region.name.startsWith('/dev/shm')
export const whole = (one: PlannedStrategy) => one.id === 'as-described' && one.kind === 'thp'
export const shown = (line: BudgetLine) => \`\${line.name}: \${line.bytes}\`
export const alike = (line: BudgetLine, other: BudgetLine) => line.name === other.name
`,
    'src/render/text/wrap.ts': `
import type { BudgetLine } from '../../result.ts'
export const words = (line: BudgetLine) => line.name.split(' ')
`,
  }
  let folder = ''

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'house-'))
    for (const [path, text] of Object.entries(sources)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text.trimStart())
    }
    writeFileSync(
      join(folder, 'tsconfig.json'),
      '{ "compilerOptions": { "module": "nodenext", "strict": true, "types": [], "lib": ["es2023"], "allowImportingTsExtensions": true, "noEmit": true }, "include": ["src"] }\n',
    )
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('has every reading reported, and nothing else', () => {
    const readings = readingsIn(programOf(folder), folder)
    const said = readings.map(({ file, line, field }) => `${file}:${line} ${field}`)
    expect(said.map((text) => text.replace('src/faults.ts:', ''))).toEqual([
      '2 BudgetLine.name',
      '3 BudgetLine.name',
      '4 Assumption.source',
      '5 Flaw.expected',
      '6 Flaw.expected',
      '7 Flaw.message',
      '8 BudgetLine.origin',
      '9 BudgetLine.name',
      '10 BudgetLine.name',
      '11 PlannedStrategy.id',
      '12 PlannedStrategy.id',
      '14 BudgetLine.name',
    ])
  })
})

function programOf(folder: string): ts.Program {
  const { config } = ts.readConfigFile(join(folder, 'tsconfig.json'), ts.sys.readFile)
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, folder)
  return ts.createProgram(fileNames, options)
}
