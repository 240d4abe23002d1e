import { main } from './main.ts'
import { nodeWorld } from './node-world.ts'

/** What starts the program needs of it. */
export const program: { readonly main: typeof main; readonly nodeWorld: typeof nodeWorld } = {
  main,
  nodeWorld,
}
