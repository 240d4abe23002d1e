import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Result } from '../../src/plan/result/result.ts'
import { readShellCommand } from '../transcript/shell-words.ts'
import { answerTo, root, shipped, textOf } from './shipped.ts'

/*
 * What README.md shows is what the program prints. `UPDATE_GOLDEN=1` writes the answers anew, never
 * under CI. A comment before a block says which part is shown: `<!-- shown: until HEADING -->`,
 * `<!-- shown: from HEADING until HEADING -->`.
 */
const { UPDATE_GOLDEN, CI } = process.env
const rewrite = UPDATE_GOLDEN === '1' && !CI
const path = join(root, 'README.md')
const readme = readFileSync(path, 'utf8')

/** A command and what follows it in its block. */
interface Session {
  readonly raw: string
  readonly from: string | undefined
  readonly until: string | undefined
  readonly command: string
  readonly shown: string
}

const sessions: readonly Session[] = [
  ...readme.matchAll(
    /(?:<!-- shown: (?:from (.+) )?until (.+) -->\n)?```console\n\$ (.+)\n([\s\S]*?)```\n/g,
  ),
].map(([raw, from, until, command = '', shown = '']) => ({ raw, from, until, command, shown }))

const [schemaBlock = '', file = '', scenario = ''] =
  /<!-- file: (.+) -->\n```yaml\n([\s\S]*?)```\n/.exec(readme) ?? []

/** What the commands before have written is there for those that follow. */
const written: Record<string, string> = {}
for (const { command } of sessions.filter((session) => session.command.includes(' -o '))) {
  const [, , ...argv] = readShellCommand(command).words
  Object.assign(written, (await answerTo(argv)).written)
}

describe('README.md', () => {
  it('shows commands with their answers', () => {
    expect(sessions.length).toBeGreaterThanOrEqual(7)
    expect(readme.match(/```console/g)).toHaveLength(sessions.length)
  })

  it('shows the scenario that it plans, without its comments', () => {
    const name = file.replace(/^scenarios\/|\.yaml$/g, '')
    const text = textOf(name).replace(/^#.*\n/gm, '')
    if (rewrite) replace(schemaBlock, `<!-- file: ${file} -->\n\`\`\`yaml\n${text}\`\`\`\n`)
    else expect(scenario).toBe(text)
  })

  it.each(sessions)('$command', async ({ raw, from, until, command, shown }) => {
    const answer = part(await answerIn(command), from, until)
    const since = from === undefined ? '' : `from ${from} `
    const marker = until === undefined ? '' : `<!-- shown: ${since}until ${until} -->\n`
    if (rewrite) replace(raw, `${marker}\`\`\`console\n$ ${command}\n${answer}\`\`\`\n`)
    else expect(shown).toBe(answer)
  })

  it('names every key of a scenario file', () => {
    const named = new Set(
      [...readme.matchAll(/^\| (`[^|]+) \|/gm)]
        .flatMap(([, cell = '']) => [...cell.matchAll(/`([^`]+)`/g)])
        .flatMap(([, path = '']) => path.replace('[]', '').split('.').slice(-1)),
    )
    const keys = keysOf(
      JSON.parse(readFileSync(join(root, 'scenarios/scenario.schema.json'), 'utf8')),
    )
    expect(keys.length).toBeGreaterThan(40)
    const explained = ['$schema', 'host', 'regions', 'groups', 'mshare', 'maps']
    const inBraces = [...readme.matchAll(/\{ ([^{}]+?) \}/g)].flatMap(([, inner = '']) =>
      inner.split(/[,:] ?/),
    )
    const unknown = keys.filter((key) => ![...named, ...explained, ...inBraces].includes(key))
    expect(unknown).toEqual([])
  })

  it('names commands that package.json has', () => {
    const { scripts, bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    expect(scripts).toHaveProperty('test')
    expect(scripts).toHaveProperty('prepare')
    expect(Object.keys(bin)).toEqual(['mshare-plan'])
    expect(readme).toContain('npm ci && npx mshare-plan scenarios/oracle-sga-300g.yaml\n')
    expect(readme).toContain('npm ci && npm test\n')
  })
})

/** Names of all properties of a JSON Schema. */
function keysOf(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const { properties } = schema as { readonly properties?: object }
  const own = properties === undefined ? [] : Object.keys(properties)
  return [...new Set([...own, ...Object.values(schema).flatMap(keysOf)])]
}

/** What a shell prints for a command of the README. */
async function answerIn(command: string): Promise<string> {
  const [plain = '', filter] = command.split(' | ').length > 1 ? piped(command) : [command]
  const asksStatus = plain.endsWith('; echo $?')
  const { words } = readShellCommand(plain.replace(/; echo \$\?$/, ''))
  const [npx, program, ...argv] = words
  expect([npx, program]).toEqual(['npx', 'mshare-plan'])
  const { stdout, stderr, status } = await answerTo(argv.flatMap(expanded), written)
  if (filter !== undefined) return jq(filter, stdout)
  return stdout + stderr + (asksStatus ? `${status}\n` : '')
}

function piped(command: string): readonly [string, string] {
  const bar = command.indexOf(' | ')
  return [command.slice(0, bar), command.slice(bar + 3)]
}

/** The shell's own pattern. */
function expanded(word: string): readonly string[] {
  return word === 'scenarios/*.yaml' ? shipped.map((name) => `scenarios/${name}.yaml`) : [word]
}

type Filter = (answer: never) => readonly unknown[]

/** The programs of jq that the README shows, by what they mean. */
const filters: ReadonlyMap<string, Filter> = new Map<string, Filter>([
  [
    `jq -r '.strategies[] | select(.applies) | "\\(.id) \\(.pageTables.bytes) \\(.risk.level)"'`,
    ({ strategies }: Result) =>
      strategies.flatMap((strategy) =>
        strategy.applies
          ? [`${strategy.id} ${strategy.pageTables.bytes} ${strategy.risk.level}`]
          : [],
      ),
  ],
  [
    `jq '.strategies[] | select(.id == "base-pages").regions[0].leafEntryBytes'`,
    ({ strategies }: Result) =>
      strategies.flatMap((strategy) =>
        strategy.applies && strategy.id === 'base-pages'
          ? [strategy.regions[0]?.leafEntryBytes]
          : [],
      ),
  ],
  [
    `jq -r '.results[] | select(.strategies[0].risk.level == "oom") | .scenario.name'`,
    ({ results }: { readonly results: readonly Result[] }) =>
      results.flatMap(({ strategies: [first], scenario: { name } }) =>
        first?.applies === true && first.risk.level === 'oom' ? [name] : [],
      ),
  ],
])

/** As jq answers; where it is installed, it is asked. */
function jq(program: string, input: string): string {
  const filter = filters.get(program)
  if (filter === undefined) throw new RangeError(`not known here: ${program}`)
  const lines = filter(JSON.parse(input) as never)
  const meant = lines.map((line) => `${line}\n`).join('')
  const { words } = readShellCommand(program)
  const real = spawnSync('jq', words.slice(1), { input, encoding: 'utf8', maxBuffer: 2 ** 26 })
  if (real.error === undefined) expect(real.stdout).toBe(meant)
  return meant
}

/** Everything, or what stands between headings, and an ellipsis in place of the rest. */
function part(answer: string, from: string | undefined, until: string | undefined): string {
  if (until === undefined) return answer
  const start = from === undefined ? 0 : answer.indexOf(`\n${from}\n`) + 1
  const end = answer.indexOf(`\n${until}\n`)
  if (end < 0 || (from !== undefined && start === 0)) throw new RangeError(`nothing says ${until}`)
  const before = from === undefined ? '' : '…\n'
  return `${before}${answer.slice(start, end)}\n…\n`.replace(/\n{2,}…/, '\n…')
}

function replace(before: string, after: string): void {
  writeFileSync(
    path,
    readFileSync(path, 'utf8').replace(before, () => after),
  )
}
