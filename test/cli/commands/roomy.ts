import { main } from '../../../src/cli/main.ts'
import type { Status } from '../../../src/cli/output/status.ts'
import { fakeWorld } from '../fake-world.ts'

/** A small scenario with room to spare. */
const files = {
  'roomy.yaml': `
version: 1
name: roomy
host: { memory: 256 GiB }
regions: { pool: { size: 10 GiB } }
groups: { clients: { processes: 100, private: 8 MiB, maps: [{ region: pool }] } }
`,
}

/** What the program answers to a command line, with `roomy.yaml` as its only file. */
export async function run(argv: readonly string[]): Promise<{
  readonly status: Status
  readonly stdout: string
  readonly stderr: string
}> {
  const { world, stdout, stderr } = fakeWorld({ files })
  const status = await main(argv, world)
  return { status, stdout: stdout(), stderr: stderr() }
}
