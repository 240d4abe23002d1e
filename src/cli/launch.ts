import { loadProgram } from './code-cache.ts'

/** Runs the bundled program on this process. */
export async function launch(bundle: string): Promise<void> {
  const { main, nodeWorld } = loadProgram(bundle).program
  process.exitCode = await main(process.argv.slice(2), nodeWorld())
}
