import { fileURLToPath } from 'node:url'
import { loadProgram } from './code-cache.ts'

const bundle = fileURLToPath(new URL('./program.cjs', import.meta.url))
const { main, nodeWorld } = loadProgram(bundle).program
process.exitCode = await main(process.argv.slice(2), nodeWorld())
