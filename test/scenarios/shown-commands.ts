import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LimitsResult } from '../../src/plan/result/limits-result.ts'
import type { Result } from '../../src/plan/result/result.ts'
import { readShellCommand } from '../transcript/shell-words.ts'
import { answerTo, root, shipped } from './shipped.ts'

/** A page for users: README.md and the guide. */
export interface Page {
  readonly path: string
  readonly text: string
}

/** A command of a page and what the page shows of its answer. */
export interface Session {
  readonly raw: string
  readonly from: string | undefined
  readonly until: string | undefined
  readonly command: string
  readonly shown: string
}

export const pages: readonly Page[] = [
  'README.md',
  ...readdirSync(join(root, 'docs/guide')).map((name) => `docs/guide/${name}`),
].map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))

/**
 * The console blocks of a page. A comment before a block says which part is shown:
 * `<!-- shown: until HEADING -->`, `<!-- shown: from HEADING until HEADING -->`.
 */
export function sessionsOf({ text }: Page): readonly Session[] {
  const block =
    /(?:<!-- shown: (?:from (.+) )?until (.+) -->\n)?```console\n\$ (.+)\n([\s\S]*?)```\n/g
  return [...text.matchAll(block)].map(([raw, from, until, command = '', shown = '']) => ({
    raw,
    from,
    until,
    command,
    shown,
  }))
}

/** Files that a page shows: blocks with a language and a name. */
export function filesShownIn({ text }: Page): Readonly<Record<string, string>> {
  const block = /```[a-z]+ (\S+[.][a-z]+)\n([\s\S]*?)```\n/g
  return Object.fromEntries([...text.matchAll(block)].map(([, name, content]) => [name, content]))
}

/** Files that the commands of a page write, for those that follow. */
export async function filesWrittenBy(
  sessions: readonly Session[],
): Promise<Readonly<Record<string, string>>> {
  const written: Record<string, string> = {}
  for (const { command } of sessions.filter((session) => session.command.includes(' -o '))) {
    const [, , ...argv] = readShellCommand(command).words
    Object.assign(written, (await answerTo(argv)).written)
  }
  return written
}

/** The block with what the program answers now. */
export function rewritten({ from, until, command }: Session, answer: string): string {
  const since = from === undefined ? '' : `from ${from} `
  const marker = until === undefined ? '' : `<!-- shown: ${since}until ${until} -->\n`
  return `${marker}\`\`\`console\n$ ${command}\n${answer}\`\`\`\n`
}

/** Replaces a part of a page on the disk. */
export function replaceIn({ path }: Page, before: string, after: string): void {
  const file = join(root, path)
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace(before, () => after),
  )
}

/** What a shell prints for the command of a session, as far as the page shows it. */
export async function answerIn(
  { command, from, until }: Session,
  written: Readonly<Record<string, string>>,
): Promise<string> {
  // A terminal does not show how lines end.
  return part((await fullAnswer(command, written)).replaceAll('\r\n', '\n'), from, until)
}

async function fullAnswer(
  command: string,
  written: Readonly<Record<string, string>>,
): Promise<string> {
  const [plain = '', filter] = command.split(' | ').length > 1 ? piped(command) : [command]
  const asksStatus = plain.endsWith('; echo $?')
  const { words } = readShellCommand(plain.replace(/; echo \$\?$/, ''))
  const [npx, program, ...argv] = words
  if (npx !== 'npx' || program !== 'mshare-plan') throw new RangeError(`not ours: ${command}`)
  const { stdout, stderr, status } = await answerTo(argv.flatMap(expanded), written)
  if (filter !== undefined) return jq(filter, stdout)
  return stdout + stderr + (asksStatus ? `${status}\n` : '')
}

function piped(command: string): readonly [string, string] {
  const bar = command.indexOf(' | ')
  return [command.slice(0, bar), command.slice(bar + 3)]
}

/** The shell's own pattern. */
export function expanded(word: string): readonly string[] {
  return word === 'scenarios/*.yaml' ? shipped.map((name) => `scenarios/${name}.yaml`) : [word]
}

/** The part of the schema of results that a page shows. */
interface Schema {
  readonly definitions: {
    readonly Savings: {
      readonly properties: Readonly<Record<string, { readonly description: string }>>
    }
  }
}

type Filter = (answer: never) => readonly unknown[]

/** The programs of jq that the pages show, by what they mean. */
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
    `jq -r '.strategies[] | "\\(.id) \\(.limits[0].safe.value)"'`,
    ({ strategies }: Result) =>
      strategies.flatMap((strategy) =>
        strategy.applies ? [`${strategy.id} ${strategy.limits[0]?.safe?.value}`] : [],
      ),
  ],
  [
    `jq -r '.strategies[] | "\\(.id) \\(.limits[0].swapping.value)"'`,
    ({ strategies }: LimitsResult) =>
      strategies.map(({ id, limits: [first] }) => `${id} ${first?.swapping?.value}`),
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
    `jq -r '.strategies[0] | "\\(.memory.pools[0].missingPages) \\(.memory.commit.granted) \\(.risk.level)"'`,
    ({ strategies: [first] }: Result) =>
      first?.applies === true
        ? [
            `${first.memory.pools[0]?.missingPages} ${first.memory.commit.granted} ${first.risk.level}`,
          ]
        : [],
  ],
  [
    `jq -r '.results[] | select(.strategies[0].risk.level == "oom") | .scenario.name'`,
    ({ results }: { readonly results: readonly Result[] }) =>
      results.flatMap(({ strategies: [first], scenario: { name } }) =>
        first?.applies === true && first.risk.level === 'oom' ? [name] : [],
      ),
  ],
  [
    `jq -r 'select(.verdict == "fail") | .scenario.file'`,
    ({ verdict, scenario: { file } }: Result) => (verdict === 'fail' ? [file] : []),
  ],
  [
    `jq -r '.definitions.Savings.properties | to_entries[] | "\\(.key): \\(.value.description)"'`,
    ({ definitions: { Savings: savings } }: Schema) =>
      Object.entries(savings.properties).map(([key, { description }]) => `${key}: ${description}`),
  ],
])

/** As jq answers; where it is installed, it is asked. */
function jq(program: string, input: string): string {
  const filter = filters.get(program)
  if (filter === undefined) throw new RangeError(`not known here: ${program}`)
  // JSON of one value has line feeds inside, JSON lines have them only at the end.
  const values = !input.includes('\n{') ? [input] : input.trimEnd().split('\n')
  const lines = values.flatMap((value) => filter(JSON.parse(value) as never))
  const meant = lines.map((line) => `${line}\n`).join('')
  const { words } = readShellCommand(program)
  const real = spawnSync('jq', words.slice(1), { input, encoding: 'utf8', maxBuffer: 2 ** 26 })
  if (real.error === undefined && real.stdout !== meant) throw new RangeError(`jq: ${real.stdout}`)
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
