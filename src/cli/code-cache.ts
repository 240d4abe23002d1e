import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Script } from 'node:vm'
import type { program } from './program.ts'

/** The bundled program in memory. */
export interface LoadedProgram {
  readonly program: typeof program
  readonly script: Script
}

/**
 * Loads the bundle, compiled already where the code cache beside it was made by this very V8. Any
 * other V8 refuses the cache and compiles: slower, no different. Most of the start-up time of the
 * plain bundle is compiling zod, yaml and the rest.
 */
export function loadProgram(bundle: string): LoadedProgram {
  const cachedData = readIfThere(`${bundle}.cache`)
  const source = `(function (exports, require, module) {${readFileSync(bundle, 'latin1')}\n})`
  const script = new Script(source, {
    filename: bundle,
    ...(cachedData === undefined ? {} : { cachedData }),
  })
  const module: { exports: unknown; filename: string } = { exports: {}, filename: bundle }
  script.runInThisContext()(module.exports, createRequire(bundle), module)
  return { program: (module.exports as { program: LoadedProgram['program'] }).program, script }
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}
