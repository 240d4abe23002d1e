import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * The declarations that one of tsc leads to, itself among them. They name no package: who installs
 * the library has none of them.
 * @param {string} entry
 * @returns {readonly string[]}
 */
export function typesFrom(entry) {
  const reached = new Set([entry])
  // A set that grows while it is walked is walked to its end.
  for (const path of reached) {
    for (const name of namesIn(readFileSync(path, 'utf8'))) {
      if (!name.startsWith('.')) throw new Error(`${path} leads to the package ${name}`)
      reached.add(join(dirname(path), name.replace(/[.]ts$/, '.d.ts').replace(/[.]js$/, '.d.ts')))
    }
  }
  return [...reached]
}

/** @param {string} declarations */
function namesIn(declarations) {
  const found = declarations.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"]+)['"]/g)
  return [...found].map(([, name = '']) => name)
}
