import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { tool } from '../../src/plan/result/tool.ts'

const root = join(import.meta.dirname, '../..')
const tracked = trackedFiles()

interface Lock {
  readonly packages: Readonly<
    Record<string, { readonly integrity?: string; readonly resolved?: string }>
  >
}

/** Where a newcomer looks for things; nothing else without a reason. */
const topLevel = new Set([
  '.ci',
  '.dependency-cruiser.mjs',
  '.gitignore',
  '.npmrc',
  '.pre-commit-hooks.yaml',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'LICENSE',
  'README.md',
  'action.yml',
  'bin',
  'biome.json',
  'docs',
  'integrations',
  'knip.json',
  'package-lock.json',
  'package.json',
  'scenarios',
  'src',
  'test',
  'tsconfig.json',
  'vitest.config.ts',
])

describe('the repository', () => {
  it('has tracked files to look at', () => {
    expect(tracked.length).toBeGreaterThan(50)
  })

  it('keeps everything under the names of the floor plan', () => {
    const tops = new Set(tracked.map((path) => path.split('/')[0] ?? ''))
    expect([...tops].filter((top) => !topLevel.has(top))).toEqual([])
  })

  it('names no machine, no account and no private registry', () => {
    const registries = /https?:\/\/(?!registry\.npmjs\.org\/)[^\s"']*registry[^\s"']*/i
    const homes = /(?:^|[\s"'(=])\/(?:home|Users|root|work|mnt)\/[\w.-]+/
    const offences = tracked.filter((path) => {
      const text = readFileSync(join(root, path), 'utf8')
      return registries.test(text) || (homes.test(text) && !path.startsWith('test/'))
    })
    expect(offences).toEqual([])
  })

  it.each(['package-lock.json', 'test/proof/package-lock.json'])(
    'locks packages by their contents, not by where they were fetched: %s',
    (path) => {
      const lock: Lock = JSON.parse(readFileSync(join(root, path), 'utf8'))
      const packages = Object.entries(lock.packages).filter(([place]) => place !== '')
      expect(packages.length).toBeGreaterThan(90)
      const unlocked = packages.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'))
      expect(unlocked.map(([place]) => place)).toEqual([])
      const urls = packages.flatMap(([, { resolved }]) => resolved ?? [])
      expect(urls.filter((url) => !url.startsWith('https://registry.npmjs.org/'))).toEqual([])
    },
  )

  it('names files with kebab-case nouns', () => {
    const odd = tracked.filter((path) => /^(src|bin)\//.test(path) && !/^[a-z0-9./-]+$/.test(path))
    expect(odd).toEqual([])
  })

  it('has no room without a noun: no utils, helpers, common, manager', () => {
    const vague = tracked.filter((path) =>
      /(^|[/-])(utils?|helpers?|common|manager)[./]/.test(path),
    )
    expect(vague).toEqual([])
  })
})

describe('the version', () => {
  it('is the same in package.json and in every result', () => {
    expect(tool).toEqual({ name: manifest.name, version: manifest.version })
  })

  it('is the newest of the changelog, unless that is not released yet', () => {
    const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8')
    const [, heading] = /^# (.+)$/m.exec(changelog) ?? []
    expect(['Unreleased', `v${manifest.version}`]).toContain(heading)
  })
})

function trackedFiles(): readonly string[] {
  const listed = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' })
  return listed.split('\0').filter((path) => path !== '')
}
