import { main } from './main.ts'
import { nodeWorld } from './node-world.ts'

/** What the bundle offers to the launcher, and to the build, which runs it once to fill the cache. */
export const program: { readonly main: typeof main; readonly nodeWorld: typeof nodeWorld } = {
  main,
  nodeWorld,
}
