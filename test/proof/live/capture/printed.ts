import type { World } from '../../../../src/cli/machine/world.ts'
import { main } from '../../../../src/cli/main.ts'
import { nodeWorld } from '../../../../src/cli/node-world.ts'

/** Once: each listens to the streams of this process. */
export const machine: World = nodeWorld()

/** What the program prints, here and now; it throws where the status is not 0. */
export async function printed(argv: readonly string[], world: World = machine): Promise<string> {
  const out: string[] = []
  const errors: string[] = []
  const into = (lines: string[]) => ({
    isTerminal: false,
    write: async (text: string): Promise<undefined> => {
      lines.push(text)
      return undefined
    },
  })
  const status = await main(argv, { ...world, stdout: into(out), stderr: into(errors) })
  if (status !== 0) throw new Error(`${argv[0]} ended with ${status}: ${errors.join('')}`)
  return out.join('')
}
