import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import type { ICruiseResult, IFlattenedRuleSet } from 'dependency-cruiser'
import { cruise } from 'dependency-cruiser'
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import config, { folders } from '../../.dependency-cruiser.mjs'

const root = join(import.meta.dirname, '../..')

describe('the storeys of this house', () => {
  it('look down only, and the check has read them', async () => {
    const { summary } = await cruised(root, ['src', 'bin'])
    expect(summary.totalCruised).toBeGreaterThan(10)
    expect(summary.violations).toEqual([])
  })
})

/** A check that finds nothing in a good house may find nothing anywhere: here it must. */
describe('a house with faults', () => {
  const faults = {
    'src/units/quantity.ts': "import '../plan/plan.ts'\n",
    'src/plan/plan.ts': "import { readFileSync } from 'node:fs'\nexport const x = readFileSync\n",
    'src/sharing/mshare.ts': "import './threads.ts'\n",
    'src/sharing/threads.ts': 'export const threads = 1\n',
    'src/render/details.ts': "import '../sharing/threads.ts'\n",
    'src/importers/import.ts': "import '../plan/plan.ts'\n",
    'src/scenario/a.ts': "import './b.ts'\n",
    'src/scenario/b.ts': "import './a.ts'\n",
    'src/host/host.ts': "import 'zod'\n",
    'src/workload/alone.ts': 'export const alone = 1\n',
    'src/index.ts': "import './cli/main.ts'\n",
    'src/cli/main.ts': "import '../../test/fixture.ts'\n",
    'test/fixture.ts': 'export const fixture = 1\n',
    ...foldersUpsideDown(),
  }
  const expected = [
    'units-looks-down-only',
    'strategies-are-strangers',
    'importers-make-scenarios-only',
    'render-reads-results-only',
    'only-cli-knows-the-machine',
    'parsers-at-the-border',
    'cli-is-opened-by-bin-only',
    'src-knows-no-test',
    'no-cycle',
    'no-orphan',
    ...rulesOfFolders(),
  ]
  let folder = ''

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'house-'))
    for (const [path, text] of Object.entries(faults)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    writeFileSync(join(folder, 'package.json'), '{ "dependencies": { "zod": "*" } }\n')
    writeFileSync(
      join(folder, 'tsconfig.json'),
      '{ "compilerOptions": { "module": "nodenext", "allowImportingTsExtensions": true, "noEmit": true } }\n',
    )
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('has every one of its faults reported', async () => {
    const { summary } = await cruised(folder, ['src'])
    const names = summary.violations.map(({ rule }) => rule.name)
    expect([...new Set(names)]).toEqual(expect.arrayContaining(expected))
  })
})

/** In each folder of a room but the highest: a module that imports one of the next folder. */
function foldersUpsideDown(): Record<string, string> {
  const files: Record<string, string> = {}
  for (const [room, order] of Object.entries(folders)) {
    for (const [floor, folder] of order.entries()) {
      const above = order[floor + 1]
      const from = join('src', room, folder)
      const line =
        above === undefined
          ? ''
          : `import './${relative(from, join('src', room, above))}/fault.ts'\n`
      files[join(from, 'fault.ts')] = line
    }
  }
  return files
}

function rulesOfFolders(): readonly string[] {
  return Object.entries(folders).flatMap(([room, order]) =>
    order
      .slice(0, -1)
      .map((folder) => `${room}-${folder === '.' ? 'main' : folder}-looks-down-only`),
  )
}

async function cruised(baseDir: string, folders: string[]): Promise<ICruiseResult> {
  const { options, ...ruleSet } = config
  const { output } = await cruise(
    folders,
    { ...options, baseDir, ruleSet: ruleSet as IFlattenedRuleSet, validate: true },
    undefined,
    { tsConfig: extractTSConfig(join(baseDir, 'tsconfig.json')) },
  )
  if (typeof output === 'string') throw new Error(output)
  return output
}
