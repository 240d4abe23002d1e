import type { Reading } from '../../src/scenario/read-scenario.ts'
import { readScenario } from '../../src/scenario/read-scenario.ts'
import type { Override } from '../../src/scenario/yaml/overrides.ts'

type Good = Extract<Reading, { readonly ok: true }>

/** A reading that must be good. */
export function read(text: string, overrides: readonly Override[] = []): Good {
  const reading = readScenario(text, 'test.yaml', overrides)
  if (!reading.ok) throw new Error(places(text, overrides).join('\n'))
  return reading
}

/** `line:column message`, one for each issue. */
export function places(text: string, overrides: readonly Override[] = []): readonly string[] {
  const reading = readScenario(text, 'test.yaml', overrides)
  if (reading.ok) return []
  return reading.issues.map((issue) => {
    const file = issue.file === 'test.yaml' ? '' : `${issue.file}:`
    return `${file}${issue.line}:${issue.column} ${issue.message}`
  })
}

/** The suggestions, in order; `undefined` where there is none. */
export function suggestions(text: string): readonly (string | undefined)[] {
  const reading = readScenario(text, 'test.yaml')
  return reading.ok ? [] : reading.issues.map((issue) => issue.suggestion)
}

export const minimal = `version: 1
name: Oracle SGA of 300 GB, 1500 dedicated connections
host:
  memory: 512 GB
regions:
  sga: { size: 300 GB, backing: posix-shm }
groups:
  clients:
    processes: 1500
    private: 6 MB
    maps: [{ region: sga }]
`

/** The minimal scenario with other text in place of some of it. */
export function variant(...replacements: readonly (readonly [from: string, to: string])[]): string {
  let text = minimal
  for (const [from, to] of replacements) {
    if (!text.includes(from)) throw new Error(`no ${from} in the scenario`)
    text = text.replace(from, () => to)
  }
  return text
}

/** The minimal scenario with more lines about the machine. */
export function withHost(lines: string): string {
  return variant(['  memory: 512 GB\n', `  memory: 512 GB\n${lines}\n`])
}

/** With other keys in its region. */
export function withRegion(keys: string): string {
  return variant(['size: 300 GB, backing: posix-shm', keys])
}

/** With another line in place of the private memory of its group. */
export function withClients(line: string): string {
  return variant(['    private: 6 MB\n', `    ${line}\n`])
}

/** With more keys in its mapping. */
export function withMap(keys: string): string {
  return variant(['{ region: sga }', `{ region: sga, ${keys} }`])
}
