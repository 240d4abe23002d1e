import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import type { Lacking } from './public-types.ts'
import { lackingIn } from './public-types.ts'

const root = join(import.meta.dirname, '../..')

describe('what the library exports', () => {
  const { names, unreachable, undocumented } = lackingOf(root)

  it('is read by this check', () => {
    expect(names.length).toBeGreaterThan(50)
    expect(names).toEqual(expect.arrayContaining(['readScenario', 'plan', 'Result', 'Layout']))
  })

  it('names no type that nobody can import', () => {
    expect(unreachable).toEqual([])
  })

  it('says what it is', () => {
    expect(undocumented).toEqual([])
  })
})

/** A check that finds nothing in a good library may find nothing anywhere: here it must. */
describe('a library that keeps types to itself', () => {
  it('has each of them reported once, and each name without a docstring', () => {
    const hidden = ['Taken', 'Given', 'Inside', 'Wide', 'Base', 'Member', 'Kept', 'Seen', 'Listed']
    const found = inFolder({
      'types.ts': hidden.map((name) => `export interface ${name} { readonly a: 1 }`).join('\n'),
      'index.ts': `
import type { ${hidden.join(', ')} } from './types.ts'
/** A function. */
export function made(taken: Taken): Given { const inside: Inside = taken; return inside }
export const listed: readonly Listed[] = []
/** An interface. */
export interface Shown extends Base { readonly member: Member; readonly again: Base }
/** A class. */
export class Box<T extends Wide> {
  readonly seen: Seen | undefined = undefined
  readonly value: T | undefined = undefined
  #kept: Kept | undefined = undefined
}
`,
    })
    const named = found.unreachable.map((text) => text.split(' ')[0])
    expect(named.sort()).toEqual(['Base', 'Given', 'Listed', 'Member', 'Seen', 'Taken', 'Wide'])
    expect(found.unreachable).toContain('Taken (src/types.ts), named by made')
    expect(found.undocumented).toEqual(['listed'])
  })
})

function inFolder(sources: Readonly<Record<string, string>>): Lacking {
  const folder = mkdtempSync(join(tmpdir(), 'house-'))
  try {
    mkdirSync(join(folder, 'src'))
    for (const [name, text] of Object.entries(sources)) {
      writeFileSync(join(folder, 'src', name), text)
    }
    return lackingOf(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function lackingOf(folder: string): Lacking {
  const entry = join(folder, 'src/index.ts')
  const program = ts.createProgram([entry], {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    allowImportingTsExtensions: true,
    noEmit: true,
    strict: true,
  })
  return lackingIn(program, entry, folder)
}
