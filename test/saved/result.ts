/** The least that a saved result says. */
export const result = {
  schema: 'mshare-plan/result/1',
  scenario: { name: 'a server', file: 'server.yaml' },
  host: { memoryBytes: 2 ** 30, pageBytes: 4096 },
  strategies: [
    {
      id: 'as-described',
      applies: true,
      pageTables: { bytes: 4096 },
      memory: {
        headroomBytes: 2 ** 20,
        pools: [{ missingPages: 0 }],
        commit: { mode: 'heuristic', granted: true },
      },
      risk: { level: 'safe' },
    },
  ],
  findings: [],
  gates: [{ metric: 'risk', strategy: 'as-described', limit: 'tight' }],
} as const

/** A copy without the key at a path. */
export function withoutKey(value: object, path: string): object {
  const copy = structuredClone(value)
  const steps = path.split('.')
  const last = steps.pop() ?? ''
  let holder = copy as Record<string, unknown>
  for (const step of steps) holder = holder[step] as Record<string, unknown>
  if (!(last in holder)) throw new Error(`no ${path}`)
  delete holder[last]
  return copy
}
