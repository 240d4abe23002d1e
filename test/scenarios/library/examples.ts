import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { root } from '../shipped.ts'

/** A program on a page, and the answer that the page shows. */
export interface Example {
  /** Its heading. */
  readonly name: string
  readonly program: string
  readonly answer: string
}

/** Where the page with the examples is. */
export const libraryPage: string = join(root, 'docs/guide/library.md')

/** The programs of the page on the library. */
export function examples(): readonly Example[] {
  const page = readFileSync(libraryPage, 'utf8')
  return page.split(/^## /m).flatMap((section) => {
    const [name = ''] = section.split('\n', 1)
    const block = /```ts\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```\n/g
    return [...section.matchAll(block)].map(([, program = '', answer = '']) => ({
      name,
      program,
      answer,
    }))
  })
}

/** What the compiler says of the programs in the folder of somebody who installed the package. */
export function complaintsOf(folder: string, resolution: 'nodenext' | 'bundler'): string {
  const compilerOptions = {
    ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true },
    ...{ noEmit: true, skipLibCheck: false, target: 'es2023', lib: ['es2023', 'dom'], types: [] },
    module: resolution === 'bundler' ? 'preserve' : 'nodenext',
    moduleResolution: resolution,
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }))
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  try {
    return execFileSync(process.execPath, [compiler], { cwd: folder, encoding: 'utf8' })
  } catch (error) {
    return String((error as { readonly stdout?: string }).stdout ?? error)
  }
}

/** Writes the programs, as TypeScript and as JavaScript. */
export function writeExamples(folder: string): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "type": "module", "private": true }')
  for (const [index, { program }] of examples().entries()) {
    writeFileSync(join(folder, `example-${index}.ts`), program)
    const { outputText } = ts.transpileModule(program, {
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
    })
    writeFileSync(join(folder, `example-${index}.js`), outputText)
  }
}

/** What a program prints there. */
export function answerOf(folder: string, index: number): string {
  const env = { ...process.env, NO_COLOR: '1' }
  return execFileSync(process.execPath, [`example-${index}.js`], {
    cwd: folder,
    encoding: 'utf8',
    env,
  })
}
