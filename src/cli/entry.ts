import { main } from './main.ts'
import { nodeWorld } from './node-world.ts'

process.exitCode = await main(process.argv.slice(2), nodeWorld())
