import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root, textOf } from './shipped.ts'
import { pages, replaceIn } from './shown-commands.ts'

const { UPDATE_GOLDEN, CI } = process.env
const rewrite = UPDATE_GOLDEN === '1' && !CI
const readme = pageAt('README.md')
const keysPage = pageAt('docs/guide/scenario-file.md').text + pageAt('docs/guide/timeline.md').text

describe('README.md', () => {
  it('fits 180 lines, so that it is read', () => {
    expect(readme.text.split('\n').length).toBeLessThanOrEqual(181)
  })

  it('shows the scenario that it plans, without its comments', () => {
    const [block = '', file = '', scenario = ''] =
      /<!-- file: (.+) -->\n```yaml\n([\s\S]*?)```\n/.exec(readme.text) ?? []
    const text = textOf(file.replace(/^scenarios\/|\.yaml$/g, '')).replace(/^#.*\n/gm, '')
    if (rewrite) replaceIn(readme, block, `<!-- file: ${file} -->\n\`\`\`yaml\n${text}\`\`\`\n`)
    else expect(scenario).toBe(text)
  })

  it('names commands that package.json has', () => {
    const { scripts, bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['test', 'prepare']))
    expect(Object.keys(bin)).toEqual(['mshare-plan'])
    expect(readme.text).toContain('npm ci && npx mshare-plan scenarios/oracle-sga-300g.yaml\n')
    expect(readme.text).toContain('npm ci && npm test\n')
  })
})

describe('the pages on the scenario file and on timelines', () => {
  it('name every key of a scenario file', () => {
    const named = new Set(
      [...keysPage.matchAll(/^\| (`[^|]+) \|/gm)]
        .flatMap(([, cell = '']) => [...cell.matchAll(/`([^`]+)`/g)])
        .flatMap(([, path = '']) => path.replace('[]', '').split('.').slice(-1)),
    )
    const keys = keysOf(
      JSON.parse(readFileSync(join(root, 'scenarios/scenario.schema.json'), 'utf8')),
    )
    expect(keys.length).toBeGreaterThan(40)
    const explained = ['$schema', 'host', 'regions', 'groups', 'mshare', 'maps']
    const inBraces = [...keysPage.matchAll(/\{ ([^{}]+?) \}/g)].flatMap(([, inner = '']) =>
      inner.split(/[,:] ?/),
    )
    const unknown = keys.filter((key) => ![...named, ...explained, ...inBraces].includes(key))
    expect(unknown).toEqual([])
  })
})

function pageAt(path: string): (typeof pages)[number] {
  const page = pages.find((one) => one.path === path)
  if (page === undefined) throw new RangeError(`${path} is missing`)
  return page
}

/** Names of all properties of a JSON Schema. */
function keysOf(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const { properties } = schema as { readonly properties?: object }
  const own = properties === undefined ? [] : Object.keys(properties)
  return [...new Set([...own, ...Object.values(schema).flatMap(keysOf)])]
}
